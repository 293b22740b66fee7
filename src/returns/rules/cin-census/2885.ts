import { type Enquiry, type ProtectionPlan, rule, same } from '../cin-census.ts'

const startsOnTheDayOf = (plan: ProtectionPlan) => (enquiry: Enquiry) =>
  same(plan.CPPstartDate, enquiry.DateOfInitialCPC)

const agreedInAnEnquiry = (plan: ProtectionPlan) => plan.cin.Section47.some(startsOnTheDayOf(plan))

/**
 * A plan that starts in the year starts on the day of a conference: that of an enquiry of its episode or, where there
 * are no enquiries, that of the episode itself. The known reference does as if enquiries that need no conference
 * were not there.
 */
export default rule({
  code: '2885',
  from: '2022-23',
  flags: 'ChildProtectionPlans.CPPstartDate Section47.DateOfInitialCPC CINdetails.DateOfInitialCPC',
  needs: 'ChildProtectionPlans',
  message:
    'The child protection plan does not start on the day of its conference. Correct one of the two dates.',
  eachChildProtectionPlan: (plan, _child, collection) => {
    const { cin } = plan
    if (!collection.within(plan.CPPstartDate)) return false
    if (cin.Section47.length === 0) return !same(plan.CPPstartDate, cin.DateOfInitialCPC) && [plan, cin]
    if (agreedInAnEnquiry(plan)) return false
    return cin.ChildProtectionPlans.some(agreedInAnEnquiry) ? plan : [plan, ...cin.Section47]
  },
})
