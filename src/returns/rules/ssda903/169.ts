import { blank, isShortBreak, placementAuthority, rule } from '../ssda903.ts'

/** The postcode of the placement tells in which authority it lies. */
export default rule({
  code: '169',
  from: '2022-23',
  needs: 'Episodes postcodes',
  flags: 'Episodes.PL_LA',
  message:
    'The postcode of the placement is missing or is not known, so it cannot be told in which authority it lies. Enter or correct it.',
  eachEpisode: (episode, _child, collection) =>
    !isShortBreak(episode) && blank(placementAuthority(episode, collection)),
})
