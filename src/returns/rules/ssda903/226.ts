import { filled, rule, temporaryPlacements } from '../ssda903.ts'

/**
 * Neither the temporary placement nor the episode before it has a reason for a change of placement. The test is the
 * same in all years; the DfE only worded it anew for 2025-26.
 */
export default rule({
  code: '226',
  versions: [{ from: '2022-23', until: '2024-25' }, { from: '2025-26' }],
  flags: 'Episodes.REASON_PLACE_CHANGE Episodes.PLACE',
  message:
    'Going to a temporary placement and coming back is no change of placement. Remove the reason for the change here and in the episode before.',
  eachEpisode: ({ PLACE, REASON_PLACE_CHANGE, previous }) =>
    temporaryPlacements.has(PLACE) && (filled(REASON_PLACE_CHANGE) || filled(previous?.REASON_PLACE_CHANGE)),
})
