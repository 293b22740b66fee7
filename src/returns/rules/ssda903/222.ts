import { codes, hasOfstedUrn, rule } from '../ssda903.ts'

/** Some types of placement have no provider that Ofsted knows, and so no URN. */
export default rule({
  code: '222',
  versions: [
    { from: '2022-23', until: '2022-23', without: codes('H5 P1 P2 P3 R1 R2 R5 T0 T1 T2 T3 T4 Z1') },
    { from: '2023-24', until: '2023-24', without: codes('P1 P2 P3 R1 R2 R5 T0 T1 T2 T3 T4 Z1') },
    { from: '2024-25', until: '2024-25', without: codes('P1 P3 R1 R2 R5 T0 T1 T2 T3 T4 Z1') },
    { from: '2025-26', without: codes('P1 P3 R1 R2 R5 T0 T1 T2 T3 T4 Z11 Z12 Z13 Z14') },
  ],
  flags: 'Episodes.URN',
  message:
    'This type of placement has no Ofsted number (URN). Leave the number blank, or correct the placement type.',
  eachEpisode: (episode, _child, _collection, { without }) =>
    without.has(episode.PLACE) && hasOfstedUrn(episode),
})
