import { placementAuthority, placementLocation, rule } from '../ssda903.ts'

/**
 * A placement inside the authority lies in the authority that makes the return. We work out both from the placement's
 * postcode, so that they always agree and this rule finds nothing; it is here because the DfE has it.
 */
export default rule({
  code: '411',
  from: '2022-23',
  needs: 'Episodes postcodes authority',
  flags: 'Episodes.PL_LOCATION',
  message:
    'The placement is said to be in your area, and its postcode is not. Correct the placement postcode.',
  eachEpisode: (episode, _child, collection) =>
    placementLocation(episode, collection) === 'IN' &&
    placementAuthority(episode, collection) !== collection.authority,
})
