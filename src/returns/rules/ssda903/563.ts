import { blank, filled, rule } from '../ssda903.ts'

/** An adoption plan that has ended began on some day. Here both the end and the reason for it are given. */
export default rule({
  code: '563',
  from: '2022-23',
  flags: 'PlacedAdoption.DATE_PLACED PlacedAdoption.DATE_PLACED_CEASED PlacedAdoption.REASON_PLACED_CEASED',
  message: 'The adoption plan has an end and no beginning. Enter the date of the decision.',
  eachPlacedAdoption: ({ DATE_PLACED, DATE_PLACED_CEASED, REASON_PLACED_CEASED }) =>
    blank(DATE_PLACED) && filled(DATE_PLACED_CEASED) && filled(REASON_PLACED_CEASED),
})
