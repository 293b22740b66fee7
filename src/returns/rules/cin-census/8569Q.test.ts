import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8569Q.ts'

const child = (CINreferralDate: string, ReferralNFA = '1') =>
  census({ CINdetails: { CINreferralDate, ReferralNFA } })

test('one working day before 1 April 2025 is Monday 31 March', () => {
  expect(findings(rule, child('2025-03-31'))).toEqual([])
  expect(findings(rule, child('2025-03-30'))).toEqual(['CINdetails 1 CINreferralDate ReferralNFA'])
})

test('over Easter 2024 it is Thursday 28 March', () => {
  expect(findings(rule, child('2024-03-28'), { year: '2024-25' })).toEqual([])
  expect(findings(rule, child('2024-03-27'), { year: '2024-25' })).toHaveLength(1)
})

test.each(['0', 'false', 'FALSE'])('it went further: %s', (nfa) => {
  expect(findings(rule, child('2025-03-30', nfa))).toEqual([])
})

test('nothing is said of it, or something else', () => {
  expect(findings(rule, child('2025-03-30', ''))).toHaveLength(1)
  expect(findings(rule, child('2025-03-30', 'N'))).toHaveLength(1)
})

test('without a date', () => {
  expect(findings(rule, child(''))).toEqual([])
})
