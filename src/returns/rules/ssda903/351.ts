import { birthday, rule } from '../ssda903.ts'

/** The return goes up to the 25th birthday. */
export default rule({
  code: '351',
  from: '2022-23',
  flags: 'Header.DOB',
  message:
    'The young person turned 25 before the year began and does not belong in this return. Correct the date of birth, or leave the young person out.',
  eachHeader: ({ DOB }, _child, { firstDay }) => birthday(DOB, 25) < firstDay,
})
