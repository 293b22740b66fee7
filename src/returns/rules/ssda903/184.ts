import { rule } from '../ssda903.ts'

/**
 * Adoption is not decided before birth. The date of birth is that of the Header; the known reference takes that of the
 * adoption row, and reports a row without one.
 */
export default rule({
  code: '184',
  from: '2022-23',
  needs: 'PlacedAdoption Header',
  flags: 'PlacedAdoption.DATE_PLACED',
  message:
    'The decision to place the child for adoption is dated before the child was born. Correct its date or the date of birth.',
  eachPlacedAdoption: ({ DATE_PLACED }, { header }) => DATE_PLACED < header.DOB,
})
