import { no, rule } from '../cin-census.ts'

/**
 * A referral that led to no further action came in the census year, or one working day before it. The known reference
 * does not go back that day, and knows `false` in small letters only.
 */
export default rule({
  code: '8569Q',
  kind: 'query',
  from: '2022-23',
  flags: 'CINdetails.CINreferralDate CINdetails.ReferralNFA',
  message: 'The referral is from before the collection year and nothing says that it went further. Did it?',
  eachCINdetails: ({ CINreferralDate, ReferralNFA }, _child, collection) =>
    CINreferralDate < collection.workingDaysBefore(collection.firstDay, 1) && !no(ReferralNFA),
})
