import { rule } from '../cin-census.ts'

/** Nobody is referred after death. */
export default rule({
  code: '8555Q',
  kind: 'query',
  from: '2022-23',
  flags: 'ChildIdentifiers.PersonDeathDate CINdetails.CINreferralDate',
  message: 'The referral is dated after the child’s death. Are both dates right?',
  eachCINdetails: (cin, { identifiers }) =>
    cin.CINreferralDate > identifiers.PersonDeathDate && [identifiers, cin],
})
