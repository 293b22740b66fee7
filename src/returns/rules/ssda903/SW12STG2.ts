import { type Collection, type Episode, isDate, isShortBreak, rule } from '../ssda903.ts'

const always = () => true

/** Open, or ended this year or last. */
const endedSinceLastYear = ({ DEC }: Episode, { firstDayLastYear, lastDay }: Collection): boolean =>
  !isDate(DEC) || (DEC >= firstDayLastYear && DEC <= lastDay)

/**
 * Where care starts with an episode, some social worker began on that day or later; where it ends, or nothing
 * follows, some social worker began by the episode's end, or by the end of the year while it is open. One of the two
 * is enough. The known reference fails the episode for each spell that does not fit, puts nothing in place of a
 * blank DEC, and takes 365.2425 days for a year.
 */
export default rule({
  code: 'SW12STG2',
  versions: [
    { from: '2023-24', until: '2023-24', isLookedAt: always },
    { from: '2024-25', isLookedAt: endedSinceLastYear },
  ],
  needs: 'Episodes SWEpisodes',
  flags: 'Episodes.DECOM Episodes.DEC',
  message:
    'No social worker is recorded for the time of this episode. Add the social workers of the whole year, with when each began.',
  eachEpisode: (episode, { SWEpisodes }, collection, { isLookedAt }) => {
    const starts = episode.RNE === 'S'
    const ends = episode.REC !== 'X1'
    if (!(starts || ends) || isShortBreak(episode) || !isLookedAt(episode, collection)) return false
    const end = isDate(episode.DEC) ? episode.DEC : collection.lastDay
    for (const { SW_DECOM } of SWEpisodes)
      if ((starts && SW_DECOM >= episode.DECOM) || (ends && SW_DECOM <= end)) return false
    return true
  },
})
