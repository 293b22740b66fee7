import { rule, unreadable } from '../ssda903.ts'

/** The day on which the decision to place the child for adoption was reversed. */
export default rule({
  code: '116',
  from: '2022-23',
  flags: 'PlacedAdoption.DATE_PLACED_CEASED',
  message:
    'The day on which the decision to place the child for adoption was reversed is no real date. Enter it as dd/mm/yyyy.',
  eachPlacedAdoption: ({ DATE_PLACED_CEASED }) => unreadable(DATE_PLACED_CEASED),
})
