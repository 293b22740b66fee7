import { codes, isUnderOrder, rule } from '../ssda903.ts'

const expected = codes('K2 Z12 Z13')

/**
 * A child under a deprivation of liberty order is in a children's home that is not secure (K2), or in one of two
 * kinds of other placement (Z12, Z13). Others are not impossible, and may have to be explained. Open orders are left
 * out.
 */
export default rule({
  code: '709',
  from: '2026-27',
  flags: 'DoLo.DOLO_START Episodes.PLACE',
  message:
    'While a deprivation of liberty order is in force this type of placement is not expected. Correct the placement or the order’s dates, or be ready to explain it.',
  eachChild: ({ DoLo, Episodes }, report) => {
    for (const order of DoLo)
      for (const episode of Episodes)
        if (!expected.has(episode.PLACE) && isUnderOrder(episode, order)) report(order, episode)
  },
})
