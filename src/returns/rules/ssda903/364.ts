import { ordersAddedUp, rule } from '../ssda903.ts'

/** Detention under PACE (J2): 21 days at most. The known reference takes the rows as they stand in the file. */
export default rule({
  code: '364',
  from: '2022-23',
  flags: 'Episodes.LS Episodes.DECOM Episodes.DEC',
  message:
    'Detention under the Police and Criminal Evidence Act (J2) lasted more than 21 days. Correct the dates, or the legal status that followed.',
  eachChild: (child, report, collection) => {
    for (const { episodes, days } of ordersAddedUp(child, 'J2', collection))
      if (days > 21) report(...episodes)
  },
})
