import { blank, type CinPlan, type Collection, clashes, type ProtectionPlan, rule } from '../cin-census.ts'

/** Before the day the child in need plan ends or, while that is open, up to the reference date. */
const startsDuring = ({ CPPstartDate }: ProtectionPlan, plan: CinPlan, { referenceDate }: Collection) =>
  CPPstartDate >= plan.CINPlanStartDate &&
  (blank(plan.CINPlanEndDate) ? CPPstartDate <= referenceDate : CPPstartDate < plan.CINPlanEndDate)

/** No child protection plan starts while a child in need plan is going, whatever the episode. */
export default rule({
  code: '4017',
  from: '2022-23',
  flags: 'ChildProtectionPlans.CPPstartDate CINPlanDates.CINPlanStartDate CINPlanDates.CINPlanEndDate',
  message:
    'The child protection plan starts while a child in need plan is still going. End that plan on the day at the latest.',
  eachChildProtectionPlan: (plan, { CINPlanDates }, collection) =>
    clashes(plan, 'CPPstartDate', CINPlanDates, startsDuring, collection),
})
