import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './1104.ts'

const child = (CINreferralDate: string, held: string) =>
  census({ CINdetails: { CINreferralDate, Section47: [{}, { DateOfInitialCPC: held }] } })

test('a conference from before the referral', () => {
  expect(findings(rule, child('2025-06-02', '2025-06-01'))).toEqual([
    'Section47 2 DateOfInitialCPC, CINdetails 1 CINreferralDate',
  ])
})

test('the same day passes, and so do blanks', () => {
  expect(findings(rule, child('2025-06-02', '2025-06-02'))).toEqual([])
  expect(findings(rule, child('', '2025-06-01'))).toEqual([])
  expect(findings(rule, child('2025-06-02', ''))).toEqual([])
})

test('neither the conference of the episode itself nor another episode counts', () => {
  const two = census({
    CINdetails: [
      { CINreferralDate: '2025-09-01', DateOfInitialCPC: '2025-08-01' },
      { CINreferralDate: '2025-05-01', Section47: [{ DateOfInitialCPC: '2025-05-20' }] },
    ],
  })
  expect(findings(rule, two)).toEqual([])
})
