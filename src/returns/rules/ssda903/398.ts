import { filled, isShortBreak, rule } from '../ssda903.ts'

/** Short breaks have no postcodes, so that no distance is worked out for them. */
export default rule({
  code: '398',
  from: '2022-23',
  flags: 'Episodes.LS Episodes.HOME_POST Episodes.PL_POST',
  message: 'A short break (V3, V4) takes no postcodes. Remove them, or correct the legal status.',
  eachEpisode: (episode) => isShortBreak(episode) && (filled(episode.HOME_POST) || filled(episode.PL_POST)),
})
