import { codes, rule, temporaryPlacements } from '../ssda903.ts'

const placementAndCarer = codes('P B')

/** Going to a temporary placement changes placement and carer (RNE P), perhaps the legal status with them (B). */
export default rule({
  code: '380',
  from: '2022-23',
  flags: 'Episodes.PLACE Episodes.RNE',
  message:
    'A temporary placement begins with a change of placement and carer (RNE P or B). Correct the reason for the episode or the placement type.',
  eachEpisode: ({ PLACE, RNE }) => temporaryPlacements.has(PLACE) && !placementAndCarer.has(RNE),
})
