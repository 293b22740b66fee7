import { type CinEpisode, type Collection, clashes, filled, no, rule } from '../cin-census.ts'

/** Before the day the other is closed or, while that is open and went further, before the reference date. */
const startsDuring = (later: CinEpisode, other: CinEpisode, { referenceDate }: Collection) =>
  later.CINreferralDate >= other.CINreferralDate &&
  (filled(other.CINclosureDate)
    ? later.CINreferralDate < other.CINclosureDate
    : later.CINreferralDate < referenceDate && no(other.ReferralNFA))

/** A child has one episode at a time: none starts while another is going. On the day another is closed it may. */
export default rule({
  code: '8820',
  from: '2022-23',
  flags: 'CINdetails.CINreferralDate CINdetails.CINclosureDate',
  message:
    'This referral came in while another case of the child was still open. Correct the dates, or put both into one case.',
  eachCINdetails: (later, { CINdetails }, collection) =>
    clashes(later, 'CINreferralDate', CINdetails, startsDuring, collection),
})
