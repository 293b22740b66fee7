import { rule, yes } from '../cin-census.ts'

/** A referral that led to no further action has no child in need plan. */
export default rule({
  code: '4000',
  from: '2022-23',
  flags: 'CINdetails.ReferralNFA CINPlanDates.CINPlanStartDate',
  message:
    'The referral led to no further action, and yet there is a child in need plan. Correct the one or the other.',
  eachCINdetails: (cin) => yes(cin.ReferralNFA) && cin.CINPlanDates.length > 0 && [cin, ...cin.CINPlanDates],
})
