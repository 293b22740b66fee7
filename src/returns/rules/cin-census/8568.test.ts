import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8568.ts'

const child = (ReferralNFA: string) => census({ CINdetails: { ReferralNFA } })

test.each(['1', '0', 'true', 'FALSE', 'True'])('%s passes', (nfa) => {
  expect(findings(rule, child(nfa))).toEqual([])
})

test.each(['', 'yes', '2', 'N'])('"%s" fails', (nfa) => {
  expect(findings(rule, child(nfa))).toEqual(['CINdetails 1 ReferralNFA'])
})
