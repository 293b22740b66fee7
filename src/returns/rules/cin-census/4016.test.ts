import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './4016.ts'

const child = (CINPlanStartDate: string, CPPstartDate: string, CPPendDate = '') =>
  census({
    CINdetails: [
      { CINPlanDates: [{ CINPlanStartDate }] },
      { ChildProtectionPlans: [{ CPPstartDate, CPPendDate }] },
    ],
  })
const marked = ['CINPlanDates 1 CINPlanStartDate, ChildProtectionPlans 1 CPPstartDate CPPendDate']

test('on the day the protection plan starts, and up to the day before it ends', () => {
  expect(findings(rule, child('2025-06-02', '2025-06-02', '2025-09-01'))).toEqual(marked)
  expect(findings(rule, child('2025-08-31', '2025-06-02', '2025-09-01'))).toEqual(marked)
})

test('on the day it ends, or before it starts', () => {
  expect(findings(rule, child('2025-09-01', '2025-06-02', '2025-09-01'))).toEqual([])
  expect(findings(rule, child('2025-06-01', '2025-06-02', '2025-09-01'))).toEqual([])
})

test('an open one is in the way up to the reference date', () => {
  expect(findings(rule, child('2026-03-31', '2025-06-02'))).toEqual(marked)
  expect(findings(rule, child('2026-04-01', '2025-06-02'))).toEqual([])
})

test('without a start neither is compared', () => {
  expect(findings(rule, child('', '2025-06-02'))).toEqual([])
  expect(findings(rule, child('2025-06-02', ''))).toEqual([])
  expect(findings(rule, child('2025-06-02', '', '2025-09-01'))).toEqual([])
})
