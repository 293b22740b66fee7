import { rule } from '../cin-census.ts'

/** A child protection plan does not end before it starts. On the day it starts: rule 8840. */
export default rule({
  code: '8925',
  from: '2022-23',
  flags: 'ChildProtectionPlans.CPPstartDate ChildProtectionPlans.CPPendDate',
  message: 'The child protection plan ends before it starts. Correct one of the two dates.',
  eachChildProtectionPlan: (plan) => plan.CPPendDate < plan.CPPstartDate,
})
