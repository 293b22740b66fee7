import { closedAfterAssessment, filled, only, rule } from '../cin-census.ts'

/** An episode that ended with its assessment has nothing after it: no enquiry, no conference, no plan of either kind. */
export default rule({
  code: '2990',
  from: '2022-23',
  flags:
    'CINdetails.ReasonForClosure CINdetails.DateOfInitialCPC Section47.S47ActualStartDate ChildProtectionPlans.CPPstartDate CINPlanDates.CINPlanStartDate',
  needs: 'CINdetails',
  message:
    'The case was closed after assessment, and yet there is an enquiry, a conference or a plan. Correct the reason for closure, or remove what did not happen.',
  eachCINdetails: (cin) => {
    if (!closedAfterAssessment(cin)) return false
    const groups = [...cin.Section47, ...cin.ChildProtectionPlans, ...cin.CINPlanDates]
    if (filled(cin.DateOfInitialCPC)) return [cin, ...groups]
    return groups.length > 0 && [only(cin, 'ReasonForClosure'), ...groups]
  },
})
