import { rule } from '../cin-census.ts'

/** A child protection plan starts on or after the day of the referral that its episode began with. */
export default rule({
  code: '1105',
  from: '2022-23',
  flags: 'ChildProtectionPlans.CPPstartDate CINdetails.CINreferralDate',
  message: 'The child protection plan starts before the referral. Correct one of the two dates.',
  eachChildProtectionPlan: (plan) => plan.CPPstartDate < plan.cin.CINreferralDate && [plan, plan.cin],
})
