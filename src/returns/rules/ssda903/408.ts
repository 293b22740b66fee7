import { codes, rule } from '../ssda903.ts'

const underPlacementOrder = codes('A5 A6')

/** Placement types A5 and A6 are for children placed for adoption under a placement order, which is legal status E1. */
export default rule({
  code: '408',
  from: '2022-23',
  flags: 'Episodes.PLACE Episodes.LS',
  message:
    'The child is placed for adoption under a placement order (A5, A6), and the legal status is not E1. Correct one of the two.',
  eachEpisode: ({ PLACE, LS }) => underPlacementOrder.has(PLACE) && LS !== 'E1',
})
