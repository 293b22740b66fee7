import { no, rule, yes } from '../cin-census.ts'

/** Every episode says whether its referral led to no further action. */
export default rule({
  code: '8568',
  from: '2022-23',
  flags: 'CINdetails.ReferralNFA',
  message: 'Nothing says whether the referral led to no further action. Answer yes or no.',
  eachCINdetails: ({ ReferralNFA }) => !yes(ReferralNFA) && !no(ReferralNFA),
})
