import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './4003.ts'

const child = (review: string, CPPendDate: string, ...plans: [start: string, end: string][]) =>
  census({
    CINdetails: {
      ChildProtectionPlans: [{ CPPendDate, Reviews: [review] }],
      CINPlanDates: plans.map(([CINPlanStartDate, CINPlanEndDate]) => ({ CINPlanStartDate, CINPlanEndDate })),
    },
  })
const marked = ['Reviews 1 CPPreviewDate, CINPlanDates 1 CINPlanStartDate, ChildProtectionPlans 1 CPPendDate']

test('during the plan, its first day included', () => {
  expect(findings(rule, child('2025-07-01', '', ['2025-06-02', '2025-08-01']))).toEqual(marked)
  expect(findings(rule, child('2025-06-02', '2025-09-01', ['2025-06-02', '2025-08-01']))).toEqual(marked)
})

test('on the day the plan ends, after or before it', () => {
  for (const review of ['2025-08-01', '2025-08-02', '2025-06-01'])
    expect(findings(rule, child(review, '', ['2025-06-02', '2025-08-01']))).toEqual([])
})

test('on the day its own protection plan ends', () => {
  expect(findings(rule, child('2025-06-02', '2025-06-02', ['2025-06-02', '2025-08-01']))).toEqual([])
})

test('every plan that it falls into', () => {
  expect(
    findings(rule, child('2025-07-01', '', ['2025-06-02', '2025-08-01'], ['2025-07-01', '2025-08-01'])),
  ).toEqual([
    'Reviews 1 CPPreviewDate, CINPlanDates 1 CINPlanStartDate, CINPlanDates 2 CINPlanStartDate, ChildProtectionPlans 1 CPPendDate',
  ])
})

test('blanks are not tested', () => {
  expect(findings(rule, child('2025-07-01', '', ['2025-06-02', '']))).toEqual([])
  expect(findings(rule, child('2025-07-01', '', ['', '2025-08-01']))).toEqual([])
  expect(findings(rule, child('', '', ['2025-06-02', '2025-08-01']))).toEqual([])
})

test('a plan of another episode does not count', () => {
  const two = census({
    CINdetails: [
      { ChildProtectionPlans: [{ Reviews: ['2025-07-01'] }] },
      { CINPlanDates: [{ CINPlanStartDate: '2025-06-02', CINPlanEndDate: '2025-08-01' }] },
    ],
  })
  expect(findings(rule, two)).toEqual([])
})
