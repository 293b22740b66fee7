import { codesOf, day, rule } from '../cin-census.ts'

const sources = codesOf('referral_source')
const firstDayWithSources = day('2013-04-01')

/** A referral from 1 April 2013 on says where it came from, with a code of the national set. */
export default rule({
  code: '8866',
  from: '2022-23',
  flags: 'CINdetails.CINreferralDate CINdetails.ReferralSource',
  message: 'Where the referral came from is missing or is not a known code. Choose one from the list.',
  eachCINdetails: ({ CINreferralDate, ReferralSource }) =>
    CINreferralDate >= firstDayWithSources && !sources.has(ReferralSource),
})
