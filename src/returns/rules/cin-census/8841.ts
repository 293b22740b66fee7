import { rule } from '../cin-census.ts'

/** A child protection plan is reviewed after the day it starts. */
export default rule({
  code: '8841',
  from: '2022-23',
  flags: 'ChildProtectionPlans.CPPstartDate Reviews.CPPreviewDate',
  message:
    'The review is held before the child protection plan starts, or on that day. Correct one of the two dates.',
  eachReview: (review) => review.CPPreviewDate <= review.plan.CPPstartDate && [review.plan, review],
})
