import { isShortBreak, rule, temporaryPlacements } from '../ssda903.ts'

/** A short break is short anyway: its placement is never one of the temporary ones. */
export default rule({
  code: '382',
  from: '2022-23',
  flags: 'Episodes.LS Episodes.PLACE',
  message:
    'A short break (V3, V4) takes no temporary placement (T0 to T4). Enter the type of placement, or correct the legal status.',
  eachEpisode: (episode) => temporaryPlacements.has(episode.PLACE) && isShortBreak(episode),
})
