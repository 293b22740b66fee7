import { blank, hasBeenUasc, isShortBreak, rule } from '../ssda903.ts'

/**
 * Home and placement have a postcode, but for short breaks and for children who are or were unaccompanied. As the
 * known reference does, we look back one year for that; the DfE looks back two. Where nothing says who is
 * unaccompanied, all children are asked.
 */
export default rule({
  code: '392b',
  from: '2022-23',
  flags: 'Episodes.HOME_POST Episodes.PL_POST',
  message: 'The postcode of the child’s home or of the placement is missing. Enter it.',
  eachEpisode: (episode, child, collection) =>
    (blank(episode.HOME_POST) || blank(episode.PL_POST)) &&
    !isShortBreak(episode) &&
    !hasBeenUasc(child, collection),
})
