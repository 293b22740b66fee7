import { codes, filled, rule } from '../ssda903.ts'

/**
 * The placement is a code of this year: K3 (supported accommodation) came in with 2024-25; from 2025-26 H5 and P2 are
 * gone, and Z1 is split into Z11 to Z14. The known reference rejects K3 in 2024-25, and leaves H5 and P2 in it as we
 * do: the DfE dropped them for episodes that begin in the year, not for older ones.
 */
export default rule({
  code: '146',
  versions: [
    {
      from: '2022-23',
      until: '2023-24',
      accepted: codes('A3 A4 A5 A6 H5 K1 K2 P1 P2 P3 R1 R2 R3 R5 S1 T0 T1 T2 T3 T4 U1 U2 U3 U4 U5 U6 Z1'),
    },
    {
      from: '2024-25',
      until: '2024-25',
      accepted: codes('A3 A4 A5 A6 H5 K1 K2 K3 P1 P2 P3 R1 R2 R3 R5 S1 T0 T1 T2 T3 T4 U1 U2 U3 U4 U5 U6 Z1'),
    },
    {
      from: '2025-26',
      message:
        'The placement type is not a code of this year: Z11 to Z14 have taken the place of Z1, and H5 and P2 are gone. Choose one from its list.',
      accepted: codes(
        'A3 A4 A5 A6 K1 K2 K3 P1 P3 R1 R2 R3 R5 S1 T0 T1 T2 T3 T4 U1 U2 U3 U4 U5 U6 Z11 Z12 Z13 Z14',
      ),
    },
  ],
  flags: 'Episodes.PLACE',
  message: 'The placement type is not a code of this year. Choose one from its list.',
  eachEpisode: ({ PLACE }, _child, _collection, { accepted }) => filled(PLACE) && !accepted.has(PLACE),
})
