import { rule } from '../cin-census.ts'

/** A child in need plan ends in the census year, or is still open. */
export default rule({
  code: '4013',
  from: '2022-23',
  flags: 'CINPlanDates.CINPlanEndDate',
  message:
    'The child in need plan ends before or after the collection year. Correct the date, or leave the plan out of the return.',
  eachCINPlan: (plan, _child, collection) => collection.outside(plan.CINPlanEndDate),
})
