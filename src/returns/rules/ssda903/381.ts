import { endsCare, rule, temporaryPlacements } from '../ssda903.ts'

/** Before care ends the child is back in the usual placement, if only on paper. */
export default rule({
  code: '381',
  from: '2022-23',
  flags: 'Episodes.PLACE Episodes.REC',
  message:
    'Care cannot end in a temporary placement. Correct the reason why the episode ended or the placement type, or add the return to the usual placement.',
  eachEpisode: (episode) => temporaryPlacements.has(episode.PLACE) && endsCare(episode),
})
