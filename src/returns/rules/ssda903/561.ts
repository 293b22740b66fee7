import { asSupplied, filled, planEnded, rule } from '../ssda903.ts'

/**
 * A new adoption plan has a date of its own: that of a plan that had ended last year does not come again. Every plan
 * is compared with every one of last year's, as the dates were typed.
 */
export default rule({
  code: '561',
  from: '2022-23',
  needs: 'PlacedAdoption PlacedAdoption_last',
  flags: 'PlacedAdoption.DATE_PLACED',
  message:
    'The adoption plan has the date of a plan that had ended last year. Enter the date of the new decision, or remove the plan.',
  eachPlacedAdoption: (plan, { lastYear }) =>
    filled(plan.DATE_PLACED) &&
    lastYear.PlacedAdoption.some(
      (before) => planEnded(before) && asSupplied(before, 'DATE_PLACED') === asSupplied(plan, 'DATE_PLACED'),
    ),
})
