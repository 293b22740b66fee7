import { blank, codes, day, placementAuthority, rule } from '../ssda903.ts'

const urnsBegan = day('2015-03-31')
const outsideEngland = codes('CON NIR SCO WAL NUK')

/**
 * Placements in England have a URN, but for the types that Ofsted knows nothing of. As the DfE does, DEC is compared
 * with 31 March 2015; the known reference asks for a DEC in the year, which is the same for any episode that belongs
 * in the return, and up to 2024-25 lets a placement pass whose postcode tells no authority.
 */
export default rule({
  code: '218',
  versions: [
    { from: '2022-23', until: '2023-24', without: codes('H5 P1 P2 P3 R1 R2 R5 T0 T1 T2 T3 T4 Z1') },
    { from: '2024-25', until: '2024-25', without: codes('P1 P3 R1 R2 R5 T0 T1 T2 T3 T4 Z1') },
    { from: '2025-26', without: codes('P1 P3 R1 R2 R5 T0 T1 T2 T3 T4 Z11 Z12 Z13 Z14') },
  ],
  needs: 'Episodes postcodes',
  flags: 'Episodes.URN',
  message:
    'Ofsted’s number of the provider (URN) is missing. Enter it, or XXXXXXX where Ofsted does not inspect the placement.',
  eachEpisode: (episode, _child, collection, { without }) =>
    blank(episode.URN) &&
    (blank(episode.DEC) || episode.DEC > urnsBegan) &&
    !without.has(episode.PLACE) &&
    !outsideEngland.has(placementAuthority(episode, collection)),
})
