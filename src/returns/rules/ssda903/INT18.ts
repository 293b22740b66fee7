import { hasOtherBirthDate, rule } from '../ssda903.ts'

/** The table UASC has the date of birth that Header has. A check of the files, without a number of the DfE. */
export default rule({
  code: 'INT18',
  from: '2022-23',
  needs: 'UASC Header',
  flags: 'UASC.DOB',
  message:
    'The date of birth with the unaccompanied child’s details is not the one in the table of children (Header). Correct the one that is wrong.',
  eachUASC: hasOtherBirthDate,
})
