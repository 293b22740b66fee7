import { blank, codes, rule, temporaryPlacements } from '../ssda903.ts'

/**
 * Every placement has a provider, but for temporary and 'other' ones. Those are Z11 to Z14 from 2025-26, when the old
 * Z1 passes no more.
 */
export default rule({
  code: '526',
  versions: [
    { from: '2022-23', until: '2024-25', others: codes('Z1') },
    { from: '2025-26', others: codes('Z11 Z12 Z13 Z14') },
  ],
  flags: 'Episodes.PLACE Episodes.PLACE_PROVIDER',
  message:
    'This type of placement has a provider, and none is given. Enter the provider, or correct the type.',
  eachEpisode: ({ PLACE, PLACE_PROVIDER }, _child, _collection, { others }) =>
    blank(PLACE_PROVIDER) && !temporaryPlacements.has(PLACE) && !others.has(PLACE),
})
