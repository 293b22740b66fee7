import { codes, rule, sameOrBothBlank, samePlacement } from '../ssda903.ts'

const both = codes('U B')

/** RNE U or B: legal status and placement have both changed. Two blanks are the same. */
export default rule({
  code: '436',
  from: '2022-23',
  flags: 'Episodes.RNE Episodes.LS Episodes.PLACE Episodes.PL_POST Episodes.URN Episodes.PLACE_PROVIDER',
  message:
    'This episode is for a change of both legal status and placement (U, B), and one of them is as before. Correct it, or the reason.',
  eachNextEpisode: (previous, episode) =>
    both.has(episode.RNE) && (sameOrBothBlank(episode.LS, previous.LS) || samePlacement(episode, previous)),
})
