import { blank, type CinPlan, type Collection, clashes, type ProtectionPlan, rule } from '../cin-census.ts'

/** Before the day the protection plan ends or, while that is open, up to the reference date. */
const startsDuring = ({ CINPlanStartDate }: CinPlan, plan: ProtectionPlan, { referenceDate }: Collection) =>
  CINPlanStartDate >= plan.CPPstartDate &&
  (blank(plan.CPPendDate) ? CINPlanStartDate <= referenceDate : CINPlanStartDate < plan.CPPendDate)

/** No child in need plan starts while the child is on a child protection plan, whatever the episode. */
export default rule({
  code: '4016',
  from: '2022-23',
  flags: 'CINPlanDates.CINPlanStartDate ChildProtectionPlans.CPPstartDate ChildProtectionPlans.CPPendDate',
  message:
    'The child in need plan starts while a child protection plan is still going. Correct the dates of the plans.',
  eachCINPlan: (plan, { ChildProtectionPlans }, collection) =>
    clashes(plan, 'CINPlanStartDate', ChildProtectionPlans, startsDuring, collection),
})
