import { codes, isUnderOrder, rule } from '../ssda903.ts'

const notAllowed = codes('K1 P1 R5 K3')

/**
 * A child under a deprivation of liberty order is not in a secure children's home (K1), with parents (P1), in prison
 * or a young offender institution (R5) or in supported accommodation (K3). Rule 709 tells each of them too. Open
 * orders are left out.
 */
export default rule({
  code: '710',
  from: '2026-27',
  flags: 'DoLo.DOLO_START Episodes.PLACE',
  message:
    'This type of placement cannot be while a deprivation of liberty order is in force. Correct the placement or the order’s dates.',
  eachChild: ({ DoLo, Episodes }, report) => {
    for (const order of DoLo)
      for (const episode of Episodes)
        if (notAllowed.has(episode.PLACE) && isUnderOrder(episode, order)) report(order, episode)
  },
})
