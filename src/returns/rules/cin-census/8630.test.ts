import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8630.ts'

const child = (CINreferralDate: string, CINclosureDate: string) =>
  census({ CINdetails: { CINreferralDate, CINclosureDate } })

test('the day before', () => {
  expect(findings(rule, child('2025-06-02', '2025-06-01'))).toEqual([
    'CINdetails 1 CINreferralDate CINclosureDate',
  ])
})

test('the same day passes, and so do blanks', () => {
  expect(findings(rule, child('2025-06-02', '2025-06-02'))).toEqual([])
  expect(findings(rule, child('2025-06-02', ''))).toEqual([])
  expect(findings(rule, child('', '2025-06-01'))).toEqual([])
})
