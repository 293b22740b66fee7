import { renewedOrders, rule } from '../ssda903.ts'

/**
 * An emergency protection order (L2) lasts eight days and is extended once, by seven; the rule allows 21 days. The
 * known reference asks whether the very next episode, of any legal status, begins on the day, and so may take two runs
 * for one.
 */
export default rule({
  code: '362',
  from: '2022-23',
  flags: 'Episodes.DECOM Episodes.LS Episodes.DEC',
  message:
    'An emergency protection order (L2) lasted more than 21 days. Correct the dates, or the legal status that followed.',
  eachChild: (child, report, collection) => {
    for (const { episodes, days } of renewedOrders(child, 'L2', collection))
      if (days > 21) report(...episodes)
  },
})
