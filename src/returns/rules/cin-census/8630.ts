import { rule } from '../cin-census.ts'

/** An episode is not closed before its referral. */
export default rule({
  code: '8630',
  from: '2022-23',
  flags: 'CINdetails.CINreferralDate CINdetails.CINclosureDate',
  message: 'The case was closed before the referral. Correct one of the two dates.',
  eachCINdetails: (cin) => cin.CINclosureDate < cin.CINreferralDate,
})
