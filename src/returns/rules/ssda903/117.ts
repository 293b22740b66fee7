import { type Child, type Episode, isDate, rule } from '../ssda903.ts'

/** Decisions about adoption are made, and reversed, while the child is in care and by the end of the year. */
export default rule({
  code: '117',
  from: '2022-23',
  needs: 'PlacedAdoption Episodes',
  flags:
    'PlacedAdoption.DATE_PLACED PlacedAdoption.DATE_PLACED_CEASED Episodes.DEC Episodes.REC Episodes.DECOM',
  message:
    'The decision to place the child for adoption, or its reversal, is dated after 31 March or after the child left care. Correct the date or the episode.',
  eachPlacedAdoption: (plan, child, { lastDay }) => {
    const last = lastOfCare(child)
    if (last === undefined) return false
    const isTooLate = (date: number) => date > lastDay || date > last.DEC
    return (isTooLate(plan.DATE_PLACED) || isTooLate(plan.DATE_PLACED_CEASED)) && [plan, last]
  },
})

/** The latest episode that no other follows (REC is not X1); on a tie the earlier in the file. */
function lastOfCare({ Episodes }: Child): Episode | undefined {
  let latest: Episode | undefined
  for (const episode of Episodes) {
    if (episode.REC === 'X1' || !isDate(episode.DECOM)) continue
    if (latest === undefined || episode.DECOM > latest.DECOM) latest = episode
  }
  return latest
}
