import { adoptedCodes, adoptivePlacements, rule } from '../ssda903.ts'

/** A child is adopted out of a placement for adoption. */
export default rule({
  code: '390',
  from: '2022-23',
  flags: 'Episodes.PLACE Episodes.REC',
  message:
    'The child was adopted, and had not been placed for adoption (A3 to A6). Correct the placement type or the reason why care ended.',
  eachEpisode: ({ REC, PLACE }) => adoptedCodes.has(REC) && !adoptivePlacements.has(PLACE),
})
