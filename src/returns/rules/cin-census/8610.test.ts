import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8610.ts'

const child = (ReferralNFA: string, PrimaryNeedCode: string) =>
  census({ CINdetails: { ReferralNFA, PrimaryNeedCode } })

test.each(['0', 'false', 'FALSE'])('it went further (%s) and there is none', (nfa) => {
  expect(findings(rule, child(nfa, ''))).toEqual(['CINdetails 1 ReferralNFA PrimaryNeedCode'])
})

test('a need is there, whatever it is', () => {
  expect(findings(rule, child('0', 'X'))).toEqual([])
})

test.each(['1', 'true', ''])('"%s" is not tested', (nfa) => {
  expect(findings(rule, child(nfa, ''))).toEqual([])
})
