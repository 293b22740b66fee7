import { rule } from '../ssda903.ts'

/** An adoption plan ends on the day it was made at the earliest. */
export default rule({
  code: '522',
  from: '2022-23',
  flags: 'PlacedAdoption.DATE_PLACED PlacedAdoption.DATE_PLACED_CEASED',
  message: 'The adoption plan ended before it was made. Correct one of the two dates.',
  eachPlacedAdoption: ({ DATE_PLACED, DATE_PLACED_CEASED }) => DATE_PLACED_CEASED < DATE_PLACED,
})
