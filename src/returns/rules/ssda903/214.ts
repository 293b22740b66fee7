import { filled, isShortBreak, rule } from '../ssda903.ts'

/** Short breaks have neither a placement postcode nor a URN. */
export default rule({
  code: '214',
  from: '2022-23',
  flags: 'Episodes.PL_POST Episodes.URN',
  message:
    'A short break takes no placement postcode and no Ofsted number (URN). Remove them, or correct the legal status.',
  eachEpisode: (episode) => isShortBreak(episode) && (filled(episode.PL_POST) || filled(episode.URN)),
})
