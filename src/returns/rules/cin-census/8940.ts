import { type Collection, clashes, type ProtectionPlan, rule } from '../cin-census.ts'

/** On the day the other ends too or, while that is open, up to the reference date. */
const startsDuring = (later: ProtectionPlan, other: ProtectionPlan, { referenceDate }: Collection) =>
  later.CPPstartDate >= other.CPPstartDate && later.CPPstartDate <= (other.CPPendDate ?? referenceDate)

/**
 * A child has one child protection plan at a time, across all episodes. Of two that start on the same day each is in
 * the other's way. The known reference never compares plans that have the same number in their episodes.
 */
export default rule({
  code: '8940',
  from: '2022-23',
  flags: 'ChildProtectionPlans.CPPstartDate ChildProtectionPlans.CPPendDate',
  message:
    'This child protection plan starts while another one is still going. Correct the dates, or remove the double.',
  eachChildProtectionPlan: (plan, { ChildProtectionPlans }, collection) =>
    clashes(plan, 'CPPstartDate', ChildProtectionPlans, startsDuring, collection),
})
