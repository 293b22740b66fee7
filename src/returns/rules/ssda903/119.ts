import { filled, rule } from '../ssda903.ts'

/** A decision to place for adoption that was reversed has a day and a reason for it. */
export default rule({
  code: '119',
  from: '2022-23',
  flags: 'PlacedAdoption.REASON_PLACED_CEASED PlacedAdoption.DATE_PLACED_CEASED',
  message:
    'Of the reversal of the decision to place for adoption only the date or only the reason is given. Enter both or neither.',
  eachPlacedAdoption: ({ DATE_PLACED_CEASED, REASON_PLACED_CEASED }) =>
    filled(DATE_PLACED_CEASED) !== filled(REASON_PLACED_CEASED),
})
