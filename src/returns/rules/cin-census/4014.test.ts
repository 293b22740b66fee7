import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './4014.ts'

const plans = (...pairs: [start: string, end: string][]) =>
  census({
    CINdetails: pairs.map(([CINPlanStartDate, CINPlanEndDate]) => ({
      CINPlanDates: [{ CINPlanStartDate, CINPlanEndDate }],
    })),
  })
const first = 'CINPlanDates 1 CINPlanStartDate, CINPlanDates 2 CINPlanStartDate CINPlanEndDate'
const second = 'CINPlanDates 2 CINPlanStartDate, CINPlanDates 1 CINPlanStartDate CINPlanEndDate'

test('starts while the other is going, or on the day it ends', () => {
  expect(findings(rule, plans(['2025-05-01', '2025-06-10'], ['2025-05-20', '2025-07-01']))).toEqual([second])
  expect(findings(rule, plans(['2025-05-01', '2025-06-10'], ['2025-06-10', '2025-07-01']))).toEqual([second])
})

test('the day after passes', () => {
  expect(findings(rule, plans(['2025-05-01', '2025-06-10'], ['2025-06-11', '']))).toEqual([])
})

test('an open one is in the way up to the reference date', () => {
  expect(findings(rule, plans(['2025-05-01', ''], ['2026-03-31', '']))).toEqual([second])
  expect(findings(rule, plans(['2025-05-01', ''], ['2026-04-01', '']))).toEqual([])
})

test('the same start: each is in the way of the other', () => {
  expect(findings(rule, plans(['2025-05-01', '2025-06-10'], ['2025-05-01', '2025-06-10']))).toEqual([
    first,
    second,
  ])
})

test('without a start neither is compared', () => {
  expect(findings(rule, plans(['', '2025-06-10'], ['2025-05-20', '']))).toEqual([])
})
