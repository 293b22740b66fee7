import { blank, type CinPlan, rule, twoOrMore } from '../cin-census.ts'

const isOpen = ({ CINPlanEndDate }: CinPlan) => blank(CINPlanEndDate)

/** An episode has at most one open child in need plan. The known reference also marks those that have ended. */
export default rule({
  code: '4004',
  from: '2022-23',
  flags: 'CINPlanDates.CINPlanEndDate',
  message: 'More than one child in need plan is open in this episode. Give the end of those that have ended.',
  eachCINdetails: (cin) => twoOrMore(cin.CINPlanDates, isOpen),
})
