import { hasOtherBirthDate, rule } from '../ssda903.ts'

/** The table AD1 has the date of birth that Header has. A check of the files, without a number of the DfE. */
export default rule({
  code: 'INT11',
  from: '2022-23',
  needs: 'AD1 Header',
  flags: 'AD1.DOB',
  message:
    'The date of birth with the adoption details is not the one in the table of children (Header). Correct the one that is wrong.',
  eachAD1: hasOtherBirthDate,
})
