import { blank, type Collection, type Episode, rule } from '../ssda903.ts'

/** Short breaks (V3) are 75 days in a year at most. */
export default rule({
  code: '367',
  from: '2022-23',
  flags: 'Episodes.LS Episodes.DECOM Episodes.DEC',
  message:
    'The child’s short breaks (V3) add up to more than 75 days this year. Correct the dates, or the legal status of the breaks.',
  eachChild: ({ Episodes }, report, collection) => {
    let days = 0
    for (const episode of Episodes) days += daysOfBreak(episode, collection)
    if (days > 75) report(...Episodes.filter((episode) => daysOfBreak(episode, collection) > 0))
  },
})

/** Days of a short break that are in the year; 0 when there are none, or nobody can tell. */
function daysOfBreak({ LS, DECOM, DEC }: Episode, { firstDay, lastDay }: Collection): number {
  if (LS !== 'V3') return 0
  const from = Math.max(DECOM, firstDay)
  const to = blank(DEC) ? lastDay : Math.min(DEC, lastDay)
  return to > from ? to - from : 0
}
