import { filled, hasBeenUasc, placementDistance, rule } from '../ssda903.ts'

/**
 * Unaccompanied children have no home here from which a distance could be measured. As the known reference does, we
 * look back one year for that; the DfE looks back two.
 */
export default rule({
  code: '406',
  from: '2022-23',
  needs: 'Episodes postcodes uasc|UASC|uasc_last|UASC_last',
  flags: 'Episodes.PL_DISTANCE',
  message:
    'The child is or was unaccompanied and seeking asylum, so no distance from home is asked. Leave the home postcode blank.',
  eachEpisode: (episode, child, collection) =>
    hasBeenUasc(child, collection) && filled(placementDistance(episode, collection)),
})
