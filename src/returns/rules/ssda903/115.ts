import { rule, unreadable } from '../ssda903.ts'

/** The day of the decision that the child should be placed for adoption. */
export default rule({
  code: '115',
  from: '2022-23',
  flags: 'PlacedAdoption.DATE_PLACED',
  message:
    'The date of the decision to place the child for adoption is no real date. Enter it as dd/mm/yyyy.',
  eachPlacedAdoption: ({ DATE_PLACED }) => unreadable(DATE_PLACED),
})
