import { rule } from '../cin-census.ts'

/** A child in need plan does not end before it starts. On the day it starts: rule 4012Q. */
export default rule({
  code: '4011',
  from: '2022-23',
  flags: 'CINPlanDates.CINPlanStartDate CINPlanDates.CINPlanEndDate',
  message: 'The child in need plan ends before it starts. Correct one of the two dates.',
  eachCINPlan: (plan) => plan.CINPlanEndDate < plan.CINPlanStartDate,
})
