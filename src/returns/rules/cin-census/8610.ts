import { blank, no, rule } from '../cin-census.ts'

/** A referral that went further has a main need. */
export default rule({
  code: '8610',
  from: '2022-23',
  flags: 'CINdetails.ReferralNFA CINdetails.PrimaryNeedCode',
  message:
    'The referral went further, but there is no main need. Give the reason why the child needs a service.',
  eachCINdetails: ({ ReferralNFA, PrimaryNeedCode }) => blank(PrimaryNeedCode) && no(ReferralNFA),
})
