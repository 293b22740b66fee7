import { codes, filled, rule } from '../ssda903.ts'

const providers = codes('PR0 PR1 PR2 PR3 PR4 PR5')

/**
 * Who provides the placement; temporary placements, and from 2025-26 Z11 to Z14 for Z1, have none. T4 is left off the
 * list from 2025-26: rule 213 is about that too.
 */
export default rule({
  code: '178',
  versions: [
    { from: '2022-23', until: '2024-25', without: codes('T0 T1 T2 T3 T4 Z1') },
    { from: '2025-26', without: codes('T0 T1 T2 T3 Z11 Z12 Z13 Z14') },
  ],
  flags: 'Episodes.PLACE_PROVIDER',
  message:
    'The placement provider is not a code from PR0 to PR5, or this type of placement has none. Correct it or leave it blank.',
  eachEpisode: ({ PLACE, PLACE_PROVIDER }, _child, _collection, { without }) =>
    filled(PLACE_PROVIDER) && (!providers.has(PLACE_PROVIDER) || without.has(PLACE)),
})
