import { rule } from '../ssda903.ts'

/** An episode may begin on the day the one before it ended, and not earlier. */
export default rule({
  code: '501',
  from: '2022-23',
  flags: 'Episodes.DECOM Episodes.DEC',
  message: 'This episode begins before the one before it has ended. Correct DECOM, or DEC of the one before.',
  eachNextEpisode: (previous, episode) => episode.DECOM < previous.DEC,
})
