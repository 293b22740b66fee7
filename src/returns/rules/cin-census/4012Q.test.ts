import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './4012Q.ts'

const child = (CINPlanStartDate: string, CINPlanEndDate: string) =>
  census({ CINdetails: { CINPlanDates: [{ CINPlanStartDate, CINPlanEndDate }] } })

test('the same day', () => {
  expect(findings(rule, child('2025-06-02', '2025-06-02'))).toEqual([
    'CINPlanDates 1 CINPlanStartDate CINPlanEndDate',
  ])
})

test('another day passes, and so do two blanks', () => {
  expect(findings(rule, child('2025-06-02', '2025-06-03'))).toEqual([])
  expect(findings(rule, child('2025-06-02', '2025-06-01'))).toEqual([])
  expect(findings(rule, child('', ''))).toEqual([])
})
