import { isShortBreak, rule } from '../ssda903.ts'

/** A short break is not spent in long-term foster care (U1, U4). */
export default rule({
  code: '384',
  from: '2022-23',
  flags: 'Episodes.PLACE Episodes.LS',
  message:
    'A short break (V3, V4) cannot be long-term foster care (U1, U4). Correct the placement type or the legal status.',
  eachEpisode: (episode) => (episode.PLACE === 'U1' || episode.PLACE === 'U4') && isShortBreak(episode),
})
