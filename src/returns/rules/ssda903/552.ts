import { adoptivePlacements, latestPlan, rule } from '../ssda903.ts'

/** No child is placed for adoption before that was decided: the first such placement and the latest plan are compared. */
export default rule({
  code: '552',
  from: '2022-23',
  flags: 'Episodes.DECOM PlacedAdoption.DATE_PLACED',
  message:
    'The child was placed for adoption before the adoption plan was made. Correct the date of the placement or of the plan.',
  eachChild: (child, report) => {
    const plan = latestPlan(child)
    if (plan === undefined) return
    const first = child.Episodes.find(({ PLACE }) => adoptivePlacements.has(PLACE))
    if (first !== undefined && first.DECOM < plan.DATE_PLACED) report(first, plan)
  },
})
