import { hasOtherBirthDate, rule } from '../ssda903.ts'

/** The table PrevPerm has the date of birth that Header has. A check of the files, without a number of the DfE. */
export default rule({
  code: 'INT16',
  from: '2022-23',
  needs: 'PrevPerm Header',
  flags: 'PrevPerm.DOB',
  message:
    'The date of birth with the earlier permanence arrangement is not the one in the table of children (Header). Correct the one that is wrong.',
  eachPrevPerm: hasOtherBirthDate,
})
