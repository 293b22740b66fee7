import { rule } from '../cin-census.ts'

/** A child in need plan starts on or after the day of the referral that its episode began with. */
export default rule({
  code: '4015',
  from: '2022-23',
  flags: 'CINPlanDates.CINPlanStartDate CINdetails.CINreferralDate',
  message: 'The child in need plan starts before the referral. Correct one of the two dates.',
  eachCINPlan: (plan) => plan.CINPlanStartDate < plan.cin.CINreferralDate && [plan, plan.cin],
})
