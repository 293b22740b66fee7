import { blank, hasBeenUasc, isShortBreak, placementDistance, rule } from '../ssda903.ts'

/**
 * How far from home a child is placed can be worked out, but for short breaks and for children who are or were
 * unaccompanied, who have no home here. As the known reference does, we look back one year for that; the DfE looks
 * back two.
 */
export default rule({
  code: '392a',
  from: '2022-23',
  needs: 'Episodes postcodes uasc|UASC|uasc_last|UASC_last',
  flags: 'Episodes.PL_DISTANCE',
  message:
    'The distance between home and placement cannot be worked out. Enter both postcodes, or correct the one that does not exist.',
  eachEpisode: (episode, child, collection) =>
    !isShortBreak(episode) &&
    blank(placementDistance(episode, collection)) &&
    !hasBeenUasc(child, collection),
})
