import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8772.ts'

const child = (UPNunknown: string, ...referrals: string[]) =>
  census({ ChildIdentifiers: { UPNunknown }, CINdetails: referrals.map((ReferralNFA) => ({ ReferralNFA })) })

test.each(['0', 'false', '', 'N'])('one of the referrals is "%s"', (nfa) => {
  expect(findings(rule, child('UN7', '1', nfa))).toEqual([
    'ChildIdentifiers 1 UPNunknown, CINdetails 2 ReferralNFA',
  ])
})

test('all led to no further action, or there is none', () => {
  expect(findings(rule, child('UN7', '1', 'TRUE'))).toEqual([])
  expect(findings(rule, child('UN7'))).toEqual([])
})

test('another reason', () => {
  expect(findings(rule, child('UN1', '0'))).toEqual([])
  expect(findings(rule, child('', '0'))).toEqual([])
})
