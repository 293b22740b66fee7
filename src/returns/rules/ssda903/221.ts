import { codes, filled, hasOfstedUrn, isShortBreak, postcode, rule } from '../ssda903.ts'

/** A home is where Ofsted has it. Fostering is not: there the URN is that of the agency. */
export default rule({
  code: '221',
  versions: [
    { from: '2022-23', until: '2022-23', homes: codes('K1 K2 R3 S1') },
    { from: '2023-24', until: '2023-24', homes: codes('H5 K1 K2 R3 S1') },
    { from: '2024-25', homes: codes('K1 K2 K3 R3 S1') },
  ],
  needs: 'Episodes providers',
  flags: 'Episodes.PL_POST',
  message:
    'The placement postcode is not the one on Ofsted’s list for this provider. Correct the postcode or Ofsted’s number (URN).',
  eachEpisode: (episode, _child, { providers }, { homes }) =>
    homes.has(episode.PLACE) &&
    filled(episode.PL_POST) &&
    hasOfstedUrn(episode) &&
    !isShortBreak(episode) &&
    postcode(episode.PL_POST) !== providers.find(episode.URN)?.postcode,
})
