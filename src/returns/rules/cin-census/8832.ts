import { rule, yes } from '../cin-census.ts'

/**
 * A referral that led to no further action has no child protection plan. The known reference marks the plans of other
 * children.
 */
export default rule({
  code: '8832',
  from: '2022-23',
  flags: 'ChildProtectionPlans.CPPstartDate CINdetails.ReferralNFA',
  message:
    'The referral led to no further action, and yet there is a child protection plan. Correct the one or the other.',
  eachCINdetails: (cin) =>
    yes(cin.ReferralNFA) && cin.ChildProtectionPlans.length > 0 && [cin, ...cin.ChildProtectionPlans],
})
