import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './4004.ts'

const plans = (...ends: string[]) => ({ CINPlanDates: ends.map((CINPlanEndDate) => ({ CINPlanEndDate })) })

test('two are open: only these are marked', () => {
  expect(findings(rule, census({ CINdetails: plans('', '2025-06-02', '') }))).toEqual([
    'CINPlanDates 1 CINPlanEndDate, CINPlanDates 3 CINPlanEndDate',
  ])
})

test('one is open, or one in each of two episodes', () => {
  expect(findings(rule, census({ CINdetails: plans('', '2025-06-02') }))).toEqual([])
  expect(findings(rule, census({ CINdetails: [plans(''), plans('')] }))).toEqual([])
})
