import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './4011.ts'

const child = (CINPlanStartDate: string, CINPlanEndDate: string) =>
  census({ CINdetails: { CINPlanDates: [{ CINPlanStartDate, CINPlanEndDate }] } })

test('the day before', () => {
  expect(findings(rule, child('2025-06-02', '2025-06-01'))).toEqual([
    'CINPlanDates 1 CINPlanStartDate CINPlanEndDate',
  ])
})

test('the same day passes, and so do blanks', () => {
  expect(findings(rule, child('2025-06-02', '2025-06-02'))).toEqual([])
  expect(findings(rule, child('2025-06-02', ''))).toEqual([])
  expect(findings(rule, child('', '2025-06-01'))).toEqual([])
})
