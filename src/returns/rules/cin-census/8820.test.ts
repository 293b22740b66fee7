import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8820.ts'

const child = (...episodes: [CINreferralDate: string, CINclosureDate: string, ReferralNFA?: string][]) =>
  census({
    CINdetails: episodes.map(([CINreferralDate, CINclosureDate, ReferralNFA = '0']) => ({
      CINreferralDate,
      CINclosureDate,
      ReferralNFA,
    })),
  })
const first = 'CINdetails 1 CINreferralDate, CINdetails 2 CINreferralDate CINclosureDate'
const second = 'CINdetails 2 CINreferralDate, CINdetails 1 CINreferralDate CINclosureDate'

test('up to the day before the other is closed', () => {
  expect(findings(rule, child(['2025-05-01', '2025-06-10'], ['2025-06-09', '']))).toEqual([second])
  expect(findings(rule, child(['2025-05-01', '2025-06-10'], ['2025-06-10', '']))).toEqual([])
})

test('a closed one that led to no further action is in the way too', () => {
  expect(findings(rule, child(['2025-05-01', '2025-06-10', '1'], ['2025-06-09', '']))).toEqual([second])
})

test('an open one is in the way before the reference date', () => {
  expect(findings(rule, child(['2025-05-01', ''], ['2026-03-30', '']))).toEqual([second])
  expect(findings(rule, child(['2025-05-01', ''], ['2026-03-31', '']))).toEqual([])
})

test('an open one that led to no further action, or of which nothing is said, is not', () => {
  expect(findings(rule, child(['2025-05-01', '', '1'], ['2025-06-09', '']))).toEqual([])
  expect(findings(rule, child(['2025-05-01', '', ''], ['2025-06-09', '']))).toEqual([])
  expect(findings(rule, child(['2025-05-01', '', 'FALSE'], ['2025-06-09', '']))).toEqual([second])
})

test('the same day: each is in the way of the other, unless it was closed that very day', () => {
  expect(findings(rule, child(['2025-05-01', '2025-06-10'], ['2025-05-01', '2025-07-01']))).toEqual([
    first,
    second,
  ])
  expect(findings(rule, child(['2025-05-01', '2025-05-01'], ['2025-05-01', '2025-07-01']))).toEqual([first])
})

test('without a referral date neither is compared', () => {
  expect(findings(rule, child(['', '2025-06-10'], ['2025-05-20', ''], ['', '']))).toEqual([])
})
