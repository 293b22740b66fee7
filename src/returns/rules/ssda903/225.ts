import { blank, codes, rule, temporaryPlacements } from '../ssda903.ts'

const placementChanges = codes('P B T U')

/** When the placement changes, the episode that ends says why. Going to a temporary placement and back needs no reason. */
export default rule({
  code: '225',
  from: '2022-23',
  flags: 'Episodes.REASON_PLACE_CHANGE',
  message: 'The placement changed after this episode, and the reason for the change is missing. Enter it.',
  eachNextEpisode: (previous, episode) =>
    previous.REC === 'X1' &&
    blank(previous.REASON_PLACE_CHANGE) &&
    placementChanges.has(episode.RNE) &&
    !temporaryPlacements.has(previous.PLACE) &&
    !temporaryPlacements.has(episode.PLACE) &&
    previous,
})
