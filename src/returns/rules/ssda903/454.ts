import { placementDistance, rule } from '../ssda903.ts'

const notAvailable = 999.9

/**
 * A placement further than 350 miles from home is more likely a wrong postcode. 999.9 stands for a distance that is
 * not available. Unaccompanied children are not left out, as rule 406 asks them to have no distance at all.
 */
export default rule({
  code: '454',
  from: '2025-26',
  needs: 'Episodes postcodes',
  flags: 'Episodes.PL_DISTANCE',
  message:
    'The placement is more than 350 miles from home. Check the home postcode and the placement postcode.',
  eachEpisode: (episode, _child, collection) => {
    const miles = placementDistance(episode, collection)
    return miles > 350 && miles !== notAvailable
  },
})
