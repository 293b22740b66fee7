import { renewedOrders, rule } from '../ssda903.ts'

/**
 * Police protection (L1) ends after 72 hours. The known reference asks whether the very next episode, of any legal
 * status, begins on the day, and so may take two runs for one.
 */
export default rule({
  code: '361',
  from: '2022-23',
  flags: 'Episodes.DECOM Episodes.LS Episodes.DEC',
  message:
    'Police protection (L1) lasted more than three days. Correct the dates, or the legal status that followed.',
  eachChild: (child, report, collection) => {
    for (const { episodes, days } of renewedOrders(child, 'L1', collection)) if (days > 3) report(...episodes)
  },
})
