import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './4015.ts'

const child = (CINreferralDate: string, CINPlanStartDate: string) =>
  census({ CINdetails: { CINreferralDate, CINPlanDates: [{ CINPlanStartDate }] } })

test('a plan from before the referral', () => {
  expect(findings(rule, child('2025-06-02', '2025-06-01'))).toEqual([
    'CINPlanDates 1 CINPlanStartDate, CINdetails 1 CINreferralDate',
  ])
})

test('the same day passes, and so do blanks', () => {
  expect(findings(rule, child('2025-06-02', '2025-06-02'))).toEqual([])
  expect(findings(rule, child('', '2025-06-01'))).toEqual([])
  expect(findings(rule, child('2025-06-02', ''))).toEqual([])
})

test('only the referral of its own episode counts', () => {
  const two = census({
    CINdetails: [
      { CINreferralDate: '2025-09-01' },
      { CINreferralDate: '2025-05-01', CINPlanDates: [{ CINPlanStartDate: '2025-05-02' }] },
    ],
  })
  expect(findings(rule, two)).toEqual([])
})
