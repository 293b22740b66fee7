import { codes, type Day, type Episode, isDate, rule, same } from '../ssda903.ts'

const goingOn = codes('P L T U B')

/** While care goes on, an episode begins on the day on which the one before it ended. */
export default rule({
  code: '433',
  from: '2022-23',
  flags: 'Episodes.RNE Episodes.DECOM',
  message:
    'While care goes on, an episode begins the day the one before it ended. Correct the dates, or enter S if care started afresh.',
  eachChild: ({ Episodes }, report) => {
    let previous: Episode | undefined
    for (const episode of byStartAndEnd(Episodes)) {
      if (previous !== undefined && goingOn.has(episode.RNE) && !same(episode.DECOM, previous.DEC))
        report(episode)
      previous = episode
    }
  },
})

/** Episodes are in order of DECOM. Here DEC decides between those that begin the same day. */
function byStartAndEnd(episodes: readonly Episode[]): readonly Episode[] {
  for (let i = 1; i < episodes.length; i++)
    if (orBehindAll(episodes[i]!.DECOM) === orBehindAll(episodes[i - 1]!.DECOM))
      return [...episodes].sort(
        (one, other) =>
          orBehindAll(one.DECOM) - orBehindAll(other.DECOM) || orBehindAll(one.DEC) - orBehindAll(other.DEC),
      )
  return episodes
}

const orBehindAll = (day: Day): Day => (isDate(day) ? day : Number.MAX_SAFE_INTEGER)
