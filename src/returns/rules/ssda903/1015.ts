import { codes, filled, isShortBreak, placementAuthority, rule } from '../ssda903.ts'

const mayBeElsewhere = codes('A3 A4 A5 A6 U1 U2 U3 U4 U5 U6')

/** What the authority runs itself (PR1) is in its own area, but for foster carers and adopters. */
export default rule({
  code: '1015',
  from: '2022-23',
  needs: 'Episodes postcodes authority',
  flags: 'Episodes.PL_LA',
  message:
    'The provider is said to be your own authority (PR1), and the placement is not in your area. Correct the provider or the postcode.',
  eachEpisode: (episode, _child, collection) =>
    episode.PLACE_PROVIDER === 'PR1' &&
    filled(episode.LS) &&
    !isShortBreak(episode) &&
    filled(episode.PLACE) &&
    !mayBeElsewhere.has(episode.PLACE) &&
    placementAuthority(episode, collection) !== collection.authority,
})
