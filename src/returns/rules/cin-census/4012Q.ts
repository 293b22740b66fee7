import { rule, same } from '../cin-census.ts'

/** A child in need plan lasts for more than a day. */
export default rule({
  code: '4012Q',
  kind: 'query',
  from: '2022-23',
  flags: 'CINPlanDates.CINPlanStartDate CINPlanDates.CINPlanEndDate',
  message: 'The child in need plan starts and ends on the same day. Are both dates right?',
  eachCINPlan: (plan) => same(plan.CINPlanStartDate, plan.CINPlanEndDate),
})
