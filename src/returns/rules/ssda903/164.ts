import { hasBeenUasc, isShortBreak, placementDistance, rule } from '../ssda903.ts'

/**
 * How far from home a child is placed has four digits. It is worked out, so it is never below 0. Short breaks are not
 * asked, as the DfE has it (the known reference asks them), nor children who are or were unaccompanied: as the known
 * reference does, we look back one year for that; the DfE looks back two.
 */
export default rule({
  code: '164',
  from: '2022-23',
  needs: 'Episodes postcodes uasc|UASC|uasc_last|UASC_last',
  flags: 'Episodes.PL_DISTANCE',
  message:
    'The placement is more than 999.9 miles from the child’s home. Correct the postcode of the home or of the placement.',
  eachEpisode: (episode, child, collection) =>
    !isShortBreak(episode) &&
    placementDistance(episode, collection) > 999.9 &&
    !hasBeenUasc(child, collection),
})
