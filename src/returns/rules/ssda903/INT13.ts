import { hasOtherBirthDate, rule } from '../ssda903.ts'

/** The table Missing has the date of birth that Header has. A check of the files, without a number of the DfE. */
export default rule({
  code: 'INT13',
  from: '2022-23',
  needs: 'Missing Header',
  flags: 'Missing.DOB',
  message:
    'The date of birth with the time missing is not the one in the table of children (Header). Correct the one that is wrong.',
  eachMissing: hasOtherBirthDate,
})
