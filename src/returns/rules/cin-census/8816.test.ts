import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8816.ts'

const child = (...episodes: [CINreferralDate: string, CINclosureDate: string, ReferralNFA: string][]) =>
  census({
    CINdetails: episodes.map(([CINreferralDate, CINclosureDate, ReferralNFA]) => ({
      CINreferralDate,
      CINclosureDate,
      ReferralNFA,
    })),
  })

test('a later one, open or closed, whatever became of it', () => {
  const marked = ['CINdetails 1 CINreferralDate, CINdetails 2 CINreferralDate']
  expect(findings(rule, child(['2025-06-02', '', '0'], ['2025-06-03', '', '1']))).toEqual(marked)
  expect(findings(rule, child(['2025-06-02', '', 'FALSE'], ['2025-06-03', '2025-09-01', '']))).toEqual(marked)
})

test('the latest of all is marked, the first in the file on a tie', () => {
  expect(
    findings(
      rule,
      child(
        ['2025-06-02', '', '0'],
        ['2025-06-03', '', '1'],
        ['2025-06-04', '', '1'],
        ['2025-06-04', '', '1'],
      ),
    ),
  ).toEqual(['CINdetails 1 CINreferralDate, CINdetails 3 CINreferralDate'])
})

test('the latest itself, one of two latest, or the only one', () => {
  expect(findings(rule, child(['2025-06-02', '2025-06-03', '0'], ['2025-06-03', '', '0']))).toEqual([])
  expect(findings(rule, child(['2025-06-02', '', '0'], ['2025-06-02', '', '0']))).toEqual([])
  expect(findings(rule, child(['2025-06-02', '', '0']))).toEqual([])
})

test('closed, no further action or nothing said of it', () => {
  const later: [string, string, string] = ['2025-06-03', '', '0']
  expect(findings(rule, child(['2025-06-02', '2025-06-20', '0'], later))).toEqual([])
  expect(findings(rule, child(['2025-06-02', '', '1'], later))).toEqual([])
  expect(findings(rule, child(['2025-06-02', '', ''], later))).toEqual([])
})

test('without a date neither counts', () => {
  expect(findings(rule, child(['', '', '0'], ['2025-06-03', '', '1']))).toEqual([])
  expect(findings(rule, child(['2025-06-02', '', '0'], ['', '', '1']))).toEqual([])
  expect(findings(rule, child(['', '', '0'], ['', '', '0']))).toEqual([])
})
