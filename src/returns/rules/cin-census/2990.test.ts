import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './2990.ts'

const child = (cin: Parameters<typeof census>[0]['CINdetails']) =>
  census({ CINdetails: { ReasonForClosure: 'RC8', ...cin } })

test.each([
  [{ Section47: [{}] }, 'Section47 1 S47ActualStartDate'],
  [{ ChildProtectionPlans: [{}] }, 'ChildProtectionPlans 1 CPPstartDate'],
  [
    { CINPlanDates: [{ CINPlanEndDate: '' }, { CINPlanEndDate: '2025-06-02' }] },
    'CINPlanDates 1 CINPlanStartDate, CINPlanDates 2 CINPlanStartDate',
  ],
])('%j is there, whatever it holds', (cin, marked) => {
  expect(findings(rule, child(cin))).toEqual([`CINdetails 1 ReasonForClosure, ${marked}`])
})

test('a conference, alone and with the rest', () => {
  const conference = 'CINdetails 1 ReasonForClosure DateOfInitialCPC'
  expect(findings(rule, child({ DateOfInitialCPC: '2025-06-02' }))).toEqual([conference])
  expect(findings(rule, child({ DateOfInitialCPC: '2025-06-02', Section47: [{}] }))).toEqual([
    `${conference}, Section47 1 S47ActualStartDate`,
  ])
})

test('RC9 too, no other reason', () => {
  expect(findings(rule, child({ ReasonForClosure: 'RC9', Section47: [{}] }))).toHaveLength(1)
  expect(findings(rule, child({ ReasonForClosure: 'RC7', Section47: [{}] }))).toEqual([])
  expect(findings(rule, child({ ReasonForClosure: '', Section47: [{}] }))).toEqual([])
})

test('assessments are allowed, and what is in another episode', () => {
  expect(findings(rule, child({ Assessments: [{ AssessmentActualStartDate: '2025-06-02' }] }))).toEqual([])
  expect(findings(rule, census({ CINdetails: [{ ReasonForClosure: 'RC8' }, { Section47: [{}] }] }))).toEqual(
    [],
  )
})
