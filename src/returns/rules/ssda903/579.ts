import { eachNext, inOrderOf, isDate, rule } from '../ssda903.ts'

/** One plan for adoption ends before, or on the day, the next is made. */
export default rule({
  code: '579',
  from: '2022-23',
  flags: 'PlacedAdoption.DATE_PLACED PlacedAdoption.DATE_PLACED_CEASED',
  message:
    'This plan for adoption was made before the one before it had ended. Give the earlier plan its end, or correct the dates.',
  eachChild: ({ PlacedAdoption }, report) =>
    eachNext(
      inOrderOf(PlacedAdoption, ({ DATE_PLACED }) => DATE_PLACED),
      ({ DATE_PLACED_CEASED }, plan) => {
        if (!isDate(DATE_PLACED_CEASED) || plan.DATE_PLACED < DATE_PLACED_CEASED) report(plan)
      },
    ),
})
