import { rule } from '../cin-census.ts'

/** A child protection plan ends in the census year, or is still open. */
export default rule({
  code: '8930',
  from: '2022-23',
  flags: 'ChildProtectionPlans.CPPendDate',
  message:
    'The child protection plan ends before or after the collection year. Correct the date, or leave the plan out of the return.',
  eachChildProtectionPlan: (plan, _child, collection) => collection.outside(plan.CPPendDate),
})
