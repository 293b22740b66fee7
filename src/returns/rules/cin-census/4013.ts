import { rule } from '../cin-census.ts'

/** A child in need plan ends in the census year, or is still open. */
export default rule({
  code: '4013',
  from: '2022-23',
  flags: 'CINPlanDates.CINPlanEndDate',
  message:
    'The child in need plan ends before or after the collection year. Correct the date, send a plan that ended later as open, or leave out one that ended earlier.',
  eachCINPlan: (plan, _child, collection) => collection.outside(plan.CINPlanEndDate),
})
