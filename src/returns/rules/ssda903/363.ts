import { ordersAddedUp, rule } from '../ssda903.ts'

/** A child assessment order (L3) lasts seven days. The known reference takes the rows as they stand in the file. */
export default rule({
  code: '363',
  from: '2022-23',
  flags: 'Episodes.LS Episodes.DECOM Episodes.DEC',
  message:
    'A child assessment order (L3) lasted more than seven days. Correct the dates, or the legal status that followed.',
  eachChild: (child, report, collection) => {
    for (const { episodes, days } of ordersAddedUp(child, 'L3', collection)) if (days > 7) report(...episodes)
  },
})
