import { rule } from '../ssda903.ts'

/** An episode that began before this year is the last one of last year's return, whether that was open or not. */
export default rule({
  code: '562',
  from: '2022-23',
  needs: 'Episodes Episodes_last',
  flags: 'Episodes.DECOM',
  message:
    'This episode began before this year, and last year’s last episode began on another day or is not there. Correct the start.',
  eachChild: ({ firstEpisode, lastYear }, report, { firstDay }) => {
    if (firstEpisode === undefined || !(firstEpisode.DECOM < firstDay)) return
    if (firstEpisode.DECOM !== lastYear.latestEpisode?.DECOM) report(firstEpisode)
  },
})
