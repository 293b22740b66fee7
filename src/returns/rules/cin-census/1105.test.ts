import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './1105.ts'

const child = (CINreferralDate: string, CPPstartDate: string) =>
  census({ CINdetails: { CINreferralDate, ChildProtectionPlans: [{ CPPstartDate }] } })

test('a plan from before the referral', () => {
  expect(findings(rule, child('2025-06-02', '2025-06-01'))).toEqual([
    'ChildProtectionPlans 1 CPPstartDate, CINdetails 1 CINreferralDate',
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
      { CINreferralDate: '2025-05-01', ChildProtectionPlans: [{ CPPstartDate: '2025-05-20' }] },
    ],
  })
  expect(findings(rule, two)).toEqual([])
})
