import { rule } from '../cin-census.ts'

/** A child protection plan ends in the census year, or is still open. */
export default rule({
  code: '8930',
  from: '2022-23',
  flags: 'ChildProtectionPlans.CPPendDate',
  message:
    'The child protection plan ends before or after the collection year. Correct the date, send a plan that ended later as open, or leave out one that ended earlier.',
  eachChildProtectionPlan: (plan, _child, collection) => collection.outside(plan.CPPendDate),
})
