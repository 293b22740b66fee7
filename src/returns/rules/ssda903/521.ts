import { adoptivePlacements, rule } from '../ssda903.ts'

/** No child is placed for adoption before the decision that adoption is in its best interest. */
export default rule({
  code: '521',
  from: '2022-23',
  flags: 'Episodes.PLACE Episodes.DECOM AD1.DATE_INT',
  message:
    'The child was placed for adoption before adoption was decided to be in the child’s best interest. Correct the date of the decision or of the placement.',
  eachChild: ({ AD1, Episodes }, report) => {
    for (const ad1 of AD1)
      for (const episode of Episodes)
        if (adoptivePlacements.has(episode.PLACE) && ad1.DATE_INT > episode.DECOM) report(episode, ad1)
  },
})
