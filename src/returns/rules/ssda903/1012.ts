import { type Child, rule } from '../ssda903.ts'

const noEpisode = (_row: unknown, child: Child) => child.Episodes.length === 0

/** Someone without an episode this year can only be a care leaver, of whom none of these is asked. */
export default rule({
  code: '1012',
  from: '2022-23',
  needs: 'Episodes',
  flags: 'PlacedAdoption.CHILD Missing.CHILD Reviews.CHILD AD1.CHILD PrevPerm.CHILD OC2.CHILD',
  message:
    'The child has no episode this year, so only care leaver details may be sent. Add the episode or remove this row.',
  eachPlacedAdoption: noEpisode,
  eachMissing: noEpisode,
  eachReview: noEpisode,
  eachAD1: noEpisode,
  eachPrevPerm: noEpisode,
  eachOC2: noEpisode,
})
