import { type CinPlan, type Collection, clashes, rule } from '../cin-census.ts'

/** On the day the other ends too or, while that is open, up to the reference date. */
const startsDuring = (later: CinPlan, other: CinPlan, { referenceDate }: Collection) =>
  later.CINPlanStartDate >= other.CINPlanStartDate &&
  later.CINPlanStartDate <= (other.CINPlanEndDate ?? referenceDate)

/**
 * A child has one child in need plan at a time, across all episodes: none starts while another is going. Of two that
 * start on the same day each is in the other's way.
 */
export default rule({
  code: '4014',
  from: '2022-23',
  flags: 'CINPlanDates.CINPlanStartDate CINPlanDates.CINPlanEndDate',
  message:
    'This child in need plan starts while another one is still going. Correct the dates, or remove the double.',
  eachCINPlan: (plan, { CINPlanDates }, collection) =>
    clashes(plan, 'CINPlanStartDate', CINPlanDates, startsDuring, collection),
})
