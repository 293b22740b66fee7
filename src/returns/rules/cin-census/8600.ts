import { blank, rule } from '../cin-census.ts'

/** A referral has a date, on or before the reference date. */
export default rule({
  code: '8600',
  from: '2022-23',
  flags: 'CINdetails.CINreferralDate',
  message: 'The referral has no date, or one after the collection year. Correct the date.',
  eachCINdetails: ({ CINreferralDate }, _child, { referenceDate }) =>
    blank(CINreferralDate) || CINreferralDate > referenceDate,
})
