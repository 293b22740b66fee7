import { rule, same, samePlacement } from '../ssda903.ts'

/** RNE L: the legal status has changed, and the placement has not. Of the placement two blanks are the same. */
export default rule({
  code: '434',
  from: '2022-23',
  flags: 'Episodes.RNE Episodes.LS Episodes.PLACE Episodes.PL_POST Episodes.URN Episodes.PLACE_PROVIDER',
  message:
    'This episode is for a change of legal status alone (L). Either the legal status is as before, or the placement has changed too: correct the one or the other.',
  eachNextEpisode: (previous, episode) =>
    episode.RNE === 'L' && (same(episode.LS, previous.LS) || !samePlacement(episode, previous)),
})
