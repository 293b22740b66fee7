import { birthday, rule } from '../ssda903.ts'

/** A mother is 11 or over when the collection year begins. */
export default rule({
  code: '620',
  from: '2022-23',
  flags: 'Header.DOB Header.MOTHER',
  message:
    'She is recorded as a mother, and was under 11 when the year began. Correct the mark or her date of birth.',
  eachHeader: ({ MOTHER, DOB }, _child, { firstDay }) => MOTHER === '1' && birthday(DOB, 11) > firstDay,
})
