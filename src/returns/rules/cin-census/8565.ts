import { only, type Row, rule } from '../cin-census.ts'

/**
 * Nothing in an episode is later than its closure. The known reference never looks at the end of a child protection
 * plan and marks the wrong child in need plans.
 */
export default rule({
  code: '8565',
  from: '2022-23',
  flags:
    'CINdetails.CINclosureDate CINdetails.DateOfInitialCPC Assessments.AssessmentActualStartDate Assessments.AssessmentAuthorisationDate Section47.S47ActualStartDate Section47.DateOfInitialCPC ChildProtectionPlans.CPPendDate CINPlanDates.CINPlanStartDate CINPlanDates.CINPlanEndDate',
  needs: 'CINdetails',
  message:
    'The episode was closed before this happened. Correct the closure date, or the date that is later.',
  eachCINdetails: (cin) => {
    const closed = cin.CINclosureDate
    const later: Row[] = []
    for (const one of cin.Assessments)
      if (one.AssessmentActualStartDate > closed || one.AssessmentAuthorisationDate > closed) later.push(one)
    for (const one of cin.Section47)
      if (one.S47ActualStartDate > closed || one.DateOfInitialCPC > closed) later.push(one)
    for (const one of cin.ChildProtectionPlans) if (one.CPPendDate > closed) later.push(one)
    for (const one of cin.CINPlanDates)
      if (one.CINPlanStartDate > closed || one.CINPlanEndDate > closed) later.push(one)
    if (cin.DateOfInitialCPC > closed) return [cin, ...later]
    return later.length > 0 && [only(cin, 'CINclosureDate'), ...later]
  },
})
