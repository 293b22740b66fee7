import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './2889.ts'

const child = (CINreferralDate: string, S47ActualStartDate: string) =>
  census({ CINdetails: { CINreferralDate, Section47: [{ S47ActualStartDate }] } })

test('an enquiry from before the referral', () => {
  expect(findings(rule, child('2025-06-02', '2025-06-01'))).toEqual([
    'Section47 1 S47ActualStartDate, CINdetails 1 CINreferralDate',
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
      { CINreferralDate: '2025-05-01', Section47: [{ S47ActualStartDate: '2025-05-02' }] },
    ],
  })
  expect(findings(rule, two)).toEqual([])
})
