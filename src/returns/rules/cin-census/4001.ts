import { blank, type CinPlan, clashes, type ProtectionPlan, rule } from '../cin-census.ts'

const areBothOpen = (cinPlan: CinPlan, protectionPlan: ProtectionPlan) =>
  blank(cinPlan.CINPlanEndDate) && blank(protectionPlan.CPPendDate)

/**
 * In an episode a child in need plan and a child protection plan are not open together. A child in need plan counts
 * even without a start; for the known reference it does not.
 */
export default rule({
  code: '4001',
  from: '2022-23',
  flags: 'CINPlanDates.CINPlanEndDate ChildProtectionPlans.CPPendDate',
  message:
    'A child in need plan and a child protection plan are open together. Give the end of the one that has ended.',
  eachCINPlan: (plan, _child, collection) =>
    clashes(plan, 'CINPlanEndDate', plan.cin.ChildProtectionPlans, areBothOpen, collection),
})
