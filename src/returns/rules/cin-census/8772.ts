import { type CinEpisode, rule, yes } from '../cin-census.ts'

const mayHaveGoneFurther = ({ ReferralNFA }: CinEpisode) => !yes(ReferralNFA)

/**
 * Only a child all of whose referrals led to no further action may lack a UPN for that reason. A child without
 * episodes passes; with the known reference it fails.
 */
export default rule({
  code: '8772',
  from: '2022-23',
  flags: 'ChildIdentifiers.UPNunknown CINdetails.ReferralNFA',
  message:
    'The UPN is missing because no referral went further, but one did. Give the UPN, or another reason.',
  eachChildIdentifiers: (identifiers, { CINdetails }) =>
    identifiers.UPNunknown === 'UN7' &&
    CINdetails.some(mayHaveGoneFurther) && [identifiers, ...CINdetails.filter(mayHaveGoneFurther)],
})
