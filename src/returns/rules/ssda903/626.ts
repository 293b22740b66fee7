import { rule } from '../ssda903.ts'

/** Who has become a mother since last year's return has a child born this year. */
export default rule({
  code: '626',
  from: '2022-23',
  needs: 'Header Header_last',
  flags: 'Header.MOTHER Header.MC_DOB',
  message:
    'Last year’s return says she is not a mother, and her child was born before this year began. Correct the child’s date of birth or the mark.',
  eachHeader: ({ MOTHER, MC_DOB }, { lastYear }, { firstDay }) =>
    MOTHER === '1' && MC_DOB < firstDay && lastYear.Header.some((before) => before.MOTHER === '0'),
})
