import { codes, rule, same } from '../ssda903.ts'

const placementOnly = codes('P T')

/**
 * RNE P or T: the placement has changed, and the legal status has not. Unlike in rules 434 and 436, a blank is never
 * the same as another blank, so that a placement with anything blank in it counts as changed.
 */
export default rule({
  code: '435',
  from: '2022-23',
  flags: 'Episodes.LS Episodes.PLACE Episodes.PL_POST Episodes.URN Episodes.PLACE_PROVIDER',
  message:
    'This episode is for a change of placement alone (P, T). Either the placement is as before, or the legal status has changed too: correct the one or the other.',
  eachNextEpisode: (previous, episode) =>
    placementOnly.has(episode.RNE) &&
    (!same(episode.LS, previous.LS) ||
      (same(episode.PLACE, previous.PLACE) &&
        same(episode.PL_POST, previous.PL_POST) &&
        same(episode.URN, previous.URN) &&
        same(episode.PLACE_PROVIDER, previous.PLACE_PROVIDER))),
})
