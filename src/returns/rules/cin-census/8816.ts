import { type CinEpisode, filled, no, rule } from '../cin-census.ts'

/** The episode with the latest referral; of several on one day the first in the file. */
function latestReferral(episodes: readonly CinEpisode[]) {
  let latest: CinEpisode | undefined
  for (const cin of episodes) {
    const { CINreferralDate } = cin
    if (latest === undefined ? filled(CINreferralDate) : CINreferralDate > latest.CINreferralDate)
      latest = cin
  }
  return latest
}

/**
 * An open episode that went further is the child's latest. Two episodes with the latest referral date are both the
 * latest; with the known reference only the first in the file is.
 */
export default rule({
  code: '8816',
  from: '2022-23',
  flags: 'CINdetails.CINreferralDate',
  message: 'A later referral has come in while this case is open. Close this case, or correct the dates.',
  eachCINdetails: (cin, { CINdetails }) => {
    if (CINdetails.length < 2 || filled(cin.CINclosureDate) || !no(cin.ReferralNFA)) return false
    const latest = latestReferral(CINdetails)
    return latest !== undefined && cin.CINreferralDate < latest.CINreferralDate && [cin, latest]
  },
})
