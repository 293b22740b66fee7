import { type Child, type Episode, isDate, rule } from '../ssda903.ts'

/** That adoption is best for the child is decided while the child is in care: not before care last began (RNE S). */
export default rule({
  code: '334',
  from: '2022-23',
  flags: 'AD1.DATE_INT Episodes.DECOM Episodes.RNE',
  message:
    'The day on which adoption was decided to be best for the child is before care last began. Correct the decision or the start.',
  eachAD1: (ad1, child) => {
    const start = latestStart(child)
    return start !== undefined && ad1.DATE_INT < start.DECOM && [ad1, start]
  },
})

/** On a tie the earlier in the file. */
function latestStart({ Episodes }: Child): Episode | undefined {
  let latest: Episode | undefined
  for (const episode of Episodes) {
    if (episode.RNE !== 'S' || !isDate(episode.DECOM)) continue
    if (latest === undefined || episode.DECOM > latest.DECOM) latest = episode
  }
  return latest
}
