import { blank, isShortBreak, placementLocation, rule } from '../ssda903.ts'

/** The postcode of the placement tells whether it lies inside the authority or outside. */
export default rule({
  code: '179',
  from: '2022-23',
  needs: 'Episodes postcodes',
  flags: 'Episodes.PL_LOCATION',
  message:
    'The postcode of the placement is missing or is not known, so it cannot be told whether it lies in your area. Enter or correct it.',
  eachEpisode: (episode, _child, collection) =>
    !isShortBreak(episode) && blank(placementLocation(episode, collection)),
})
