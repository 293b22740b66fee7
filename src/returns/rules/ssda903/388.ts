import { blank, type Child, type Episode, isDate, rule } from '../ssda903.ts'

/**
 * X1 says that another episode begins the same day, and no other reason does. Here episodes without a readable DECOM
 * stand before all others, not behind them.
 */
export default rule({
  code: '388',
  from: '2022-23',
  flags: 'Episodes.REC',
  message:
    'Whether another episode begins on the day this one ends does not go with the reason for its end: X1 if one does, another reason if care ended. Correct the reason or the dates.',
  eachEpisode: (episode, child) => {
    const { REC, DEC } = episode
    if (blank(REC) || !isDate(DEC)) return false
    const goesOn = following(episode, child)?.DECOM === DEC
    return REC === 'X1' ? !goesOn : goesOn
  },
})

/** The next episode when those without a readable DECOM come first. */
function following({ DECOM, next }: Episode, { firstEpisode }: Child): Episode | undefined {
  if (!isDate(DECOM)) return next ?? firstEpisode
  return next !== undefined && isDate(next.DECOM) ? next : undefined
}
