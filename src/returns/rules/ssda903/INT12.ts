import { hasOtherBirthDate, rule } from '../ssda903.ts'

/**
 * The table PlacedAdoption has the date of birth that Header has. A check of the files, without a number of the DfE.
 */
export default rule({
  code: 'INT12',
  from: '2022-23',
  needs: 'PlacedAdoption Header',
  flags: 'PlacedAdoption.DOB',
  message:
    'The date of birth with the plan for adoption is not the one in the table of children (Header). Correct the one that is wrong.',
  eachPlacedAdoption: hasOtherBirthDate,
})
