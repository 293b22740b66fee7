import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8815.ts'

const child = (...episodes: [CINclosureDate: string, ReferralNFA: string][]) =>
  census({ CINdetails: episodes.map(([CINclosureDate, ReferralNFA]) => ({ CINclosureDate, ReferralNFA })) })

test('two are open and went further: only these are marked', () => {
  expect(findings(rule, child(['', '0'], ['2025-06-02', '0'], ['', '1'], ['', 'FALSE']))).toEqual([
    'CINdetails 1 CINclosureDate, CINdetails 4 CINclosureDate',
  ])
})

test('one is, the others are closed or led to no further action, or nothing is said of it', () => {
  expect(findings(rule, child(['', '0'], ['2025-06-02', '0'], ['', '1'], ['', 'true'], ['', '']))).toEqual([])
})
