import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './4001.ts'

const child = (cinPlans: string[], protectionPlans: string[]) =>
  census({
    CINdetails: {
      CINPlanDates: cinPlans.map((CINPlanEndDate) => ({ CINPlanEndDate })),
      ChildProtectionPlans: protectionPlans.map((CPPendDate) => ({ CPPendDate })),
    },
  })

test('one of each is open', () => {
  expect(findings(rule, child(['2025-06-02', ''], ['2025-06-02', '']))).toEqual([
    'CINPlanDates 2 CINPlanEndDate, ChildProtectionPlans 2 CPPendDate',
  ])
})

test('every pair is told', () => {
  const marked = 'ChildProtectionPlans 1 CPPendDate, ChildProtectionPlans 2 CPPendDate'
  expect(findings(rule, child(['', ''], ['', '']))).toEqual([
    `CINPlanDates 1 CINPlanEndDate, ${marked}`,
    `CINPlanDates 2 CINPlanEndDate, ${marked}`,
  ])
})

test('a date that is none is blank', () => {
  expect(findings(rule, child(['2025-06-31'], ['']))).toHaveLength(1)
})

test('only one of the two is open, or in another episode', () => {
  expect(findings(rule, child([''], ['2025-06-02']))).toEqual([])
  expect(findings(rule, child(['2025-06-02'], ['']))).toEqual([])
  expect(
    findings(rule, census({ CINdetails: [{ CINPlanDates: [{}] }, { ChildProtectionPlans: [{}] }] })),
  ).toEqual([])
})
