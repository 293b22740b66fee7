import { codes, filled, rule, temporaryPlacements } from '../ssda903.ts'

/**
 * Temporary placements have no provider of their own; from 2025-26 'other' placements (Z11 to Z14) have none either.
 * Before, rule 178 has Z1.
 */
export default rule({
  code: '213',
  versions: [
    { from: '2022-23', until: '2024-25', without: temporaryPlacements },
    { from: '2025-26', without: codes('T0 T1 T2 T3 T4 Z11 Z12 Z13 Z14') },
  ],
  flags: 'Episodes.PLACE_PROVIDER',
  message:
    'This type of placement takes no placement provider. Leave the provider blank, or correct the placement type.',
  eachEpisode: ({ PLACE, PLACE_PROVIDER }, _child, _collection, { without }) =>
    without.has(PLACE) && filled(PLACE_PROVIDER),
})
