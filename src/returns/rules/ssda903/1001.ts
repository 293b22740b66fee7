import {
  adoptedCodes,
  birthday,
  blank,
  type Child,
  type Day,
  type Episode,
  filled,
  isDate,
  isShortBreak,
  rule,
} from '../ssda903.ts'

/**
 * Care leaver details are about young people who were in care for 91 days from 14 on and on a day from 16 on, and were
 * not adopted. This year's return and last year's are all that is seen of it, so from 20 the days are not counted, and
 * where one of them holds no episode at all nothing is. The
 * known reference reports everyone of 20 or without a date of birth, counts episodes without a start from the
 * birthday, and takes episodes with the same row number in both years for one.
 */
export default rule({
  code: '1001',
  from: '2022-23',
  needs: 'OC3 Episodes+ Episodes_last+ Header+',
  flags: 'OC3.IN_TOUCH OC3.ACTIV OC3.ACCOM',
  message:
    'The young person was not in care long enough after 14 and 16 to be a care leaver, or was adopted. Remove the care leaver details, or correct the episodes.',
  eachOC3: (_oc3, child, { lastDay }) => {
    const episodes = episodesOfBothYears(child)
    if (adoptedCodes.has(episodes.at(-1)?.REC)) return true
    const { DOB } = child.header
    if (!isDate(DOB)) return episodes.every(isShortBreak)
    if (birthday(DOB, 20) <= lastDay) return false
    return (
      daysInCare(episodes, birthday(DOB, 14), lastDay) < 91 ||
      daysInCare(episodes, birthday(DOB, 16), lastDay) < 1
    )
  },
})

/** In order of DECOM. Of those with the same DECOM only the one that ended first. */
function episodesOfBothYears({ Episodes, lastYear }: Child): Episode[] {
  const byStart = new Map<Day, Episode>()
  for (const episode of [...Episodes, ...lastYear.Episodes]) {
    if (!isDate(episode.DECOM)) continue
    const other = byStart.get(episode.DECOM)
    if (other === undefined || endsFirst(episode, other)) byStart.set(episode.DECOM, episode)
  }
  return [...byStart.values()].sort((one, other) => one.DECOM - other.DECOM)
}

const endsFirst = (one: Episode, other: Episode) =>
  isDate(other.DEC) ? one.DEC < other.DEC : isDate(one.DEC) || (filled(one.DEC) && blank(other.DEC))

/** Short breaks do not count. The latest episode goes on until the last day when it is open, another does not count. */
function daysInCare(episodes: readonly Episode[], from: Day, lastDay: Day): number {
  let days = 0
  for (const episode of episodes) {
    if (isShortBreak(episode)) continue
    const end = blank(episode.DEC) && episode === episodes.at(-1) ? lastDay : episode.DEC
    const these = end - Math.max(episode.DECOM, from)
    if (these > 0) days += these
  }
  return days
}
