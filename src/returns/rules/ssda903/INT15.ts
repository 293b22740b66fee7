import { hasOtherBirthDate, rule } from '../ssda903.ts'

/** The table OC3 has the date of birth that Header has. A check of the files, without a number of the DfE. */
export default rule({
  code: 'INT15',
  from: '2022-23',
  needs: 'OC3 Header',
  flags: 'OC3.DOB',
  message:
    'The date of birth with the care leaver details is not the one in the table of children (Header). Correct the one that is wrong.',
  eachOC3: hasOtherBirthDate,
})
