import { filled, isShortBreak, placementAuthority, rule } from '../ssda903.ts'

/** Short breaks have no postcodes, and so no authority of placement. */
export default rule({
  code: '420',
  from: '2022-23',
  needs: 'Episodes postcodes',
  flags: 'Episodes.PL_LA',
  message: 'A short break takes no placement authority. Leave the placement postcode blank.',
  eachEpisode: (episode, _child, collection) =>
    isShortBreak(episode) && filled(placementAuthority(episode, collection)),
})
