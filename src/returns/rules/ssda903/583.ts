import { blank, isDate, latestPlan, rule } from '../ssda903.ts'

/**
 * Only the latest plan for adoption may stand. Plans without a readable DATE_PLACED are not looked at; the known
 * reference takes them for the oldest, and compares dates by their text, day first.
 */
export default rule({
  code: '583',
  from: '2022-23',
  flags: 'PlacedAdoption.DATE_PLACED PlacedAdoption.DATE_PLACED_CEASED',
  message:
    'There is a later plan for adoption, and this one has not been ended. Enter the day it was reversed.',
  eachChild: (child, report) => {
    const latest = latestPlan(child)
    for (const plan of child.PlacedAdoption)
      if (plan !== latest && isDate(plan.DATE_PLACED) && blank(plan.DATE_PLACED_CEASED)) report(plan)
  },
})
