import { rule, same } from '../cin-census.ts'

/** A child protection plan lasts for more than a day. */
export default rule({
  code: '8840',
  from: '2022-23',
  flags: 'ChildProtectionPlans.CPPstartDate ChildProtectionPlans.CPPendDate',
  message: 'The child protection plan starts and ends on the same day. Correct one of the two dates.',
  eachChildProtectionPlan: (plan) => same(plan.CPPstartDate, plan.CPPendDate),
})
