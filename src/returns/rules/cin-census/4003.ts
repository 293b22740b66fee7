import { type CinPlan, clashes, type PlanReview, rule, same } from '../cin-census.ts'

const isHeldDuring = ({ CPPreviewDate }: PlanReview, plan: CinPlan) =>
  CPPreviewDate >= plan.CINPlanStartDate && CPPreviewDate < plan.CINPlanEndDate

/**
 * A child protection plan is not reviewed while a child in need plan of the episode is going, except on the day the
 * protection plan ends. A child in need plan without an end is not looked at. The known reference mixes episodes up
 * and passes over reviews of plans that are still open.
 */
export default rule({
  code: '4003',
  from: '2022-23',
  flags: 'Reviews.CPPreviewDate CINPlanDates.CINPlanStartDate ChildProtectionPlans.CPPendDate',
  message:
    'A child protection review is held during a child in need plan. Correct the review or the dates of the plans.',
  eachReview: (review, _child, collection) => {
    const { plan } = review
    if (same(review.CPPreviewDate, plan.CPPendDate)) return false
    const found = clashes(review, 'CPPreviewDate', plan.cin.CINPlanDates, isHeldDuring, collection)
    return found && [...found, plan]
  },
})
