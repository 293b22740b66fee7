import { hasOtherBirthDate, rule } from '../ssda903.ts'

/** The table OC2 has the date of birth that Header has. A check of the files, without a number of the DfE. */
export default rule({
  code: 'INT14',
  from: '2022-23',
  needs: 'OC2 Header',
  flags: 'OC2.DOB',
  message:
    'The date of birth with the health and outcome items is not the one in the table of children (Header). Correct the one that is wrong.',
  eachOC2: hasOtherBirthDate,
})
