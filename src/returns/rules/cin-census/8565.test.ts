import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8565.ts'

const closed = (cin: Parameters<typeof census>[0]['CINdetails']) =>
  census({ CINdetails: { CINclosureDate: '2025-10-01', ...cin } })

test.each([
  [
    { Assessments: [{ AssessmentActualStartDate: '2025-10-02' }] },
    'Assessments 1 AssessmentActualStartDate AssessmentAuthorisationDate',
  ],
  [
    { Assessments: [{ AssessmentAuthorisationDate: '2025-10-02' }] },
    'Assessments 1 AssessmentActualStartDate AssessmentAuthorisationDate',
  ],
  [{ Section47: [{ S47ActualStartDate: '2025-10-02' }] }, 'Section47 1 S47ActualStartDate DateOfInitialCPC'],
  [{ Section47: [{ DateOfInitialCPC: '2025-10-02' }] }, 'Section47 1 S47ActualStartDate DateOfInitialCPC'],
  [{ ChildProtectionPlans: [{ CPPendDate: '2025-10-02' }] }, 'ChildProtectionPlans 1 CPPendDate'],
  [{ CINPlanDates: [{ CINPlanStartDate: '2025-10-02' }] }, 'CINPlanDates 1 CINPlanStartDate CINPlanEndDate'],
  [{ CINPlanDates: [{ CINPlanEndDate: '2025-10-02' }] }, 'CINPlanDates 1 CINPlanStartDate CINPlanEndDate'],
])('%j', (cin, marked) => {
  expect(findings(rule, closed(cin))).toEqual([`CINdetails 1 CINclosureDate, ${marked}`])
})

test('the conference of the episode itself', () => {
  expect(findings(rule, closed({ DateOfInitialCPC: '2025-10-02' }))).toEqual([
    'CINdetails 1 CINclosureDate DateOfInitialCPC',
  ])
})

test('the day itself passes', () => {
  const day = '2025-10-01'
  const cin = {
    DateOfInitialCPC: day,
    Assessments: [{ AssessmentActualStartDate: day, AssessmentAuthorisationDate: day }],
    Section47: [{ S47ActualStartDate: day, DateOfInitialCPC: day }],
    ChildProtectionPlans: [{ CPPendDate: day }],
    CINPlanDates: [{ CINPlanStartDate: day, CINPlanEndDate: day }],
  }
  expect(findings(rule, closed(cin))).toEqual([])
})

test('an episode that is open passes', () => {
  expect(findings(rule, closed({ CINclosureDate: '', DateOfInitialCPC: '2025-10-02' }))).toEqual([])
})

test('only what is in the same episode counts', () => {
  const child = census({
    CINdetails: [
      { CINclosureDate: '2025-10-01' },
      { Assessments: [{ AssessmentActualStartDate: '2025-10-02' }] },
    ],
  })
  expect(findings(rule, child)).toEqual([])
})
