import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './4000.ts'

const child = (ReferralNFA: string, ...plans: Record<string, string>[]) =>
  census({ CINdetails: { ReferralNFA, CINPlanDates: plans } })

test.each(['1', 'true', 'TRUE'])('%s: the episode and every plan, whatever it holds', (nfa) => {
  expect(findings(rule, child(nfa, {}, { CINPlanStartDate: '2025-06-02' }))).toEqual([
    'CINdetails 1 ReferralNFA, CINPlanDates 1 CINPlanStartDate, CINPlanDates 2 CINPlanStartDate',
  ])
})

test.each(['0', 'false', '', 'yes'])('"%s" passes', (nfa) => {
  expect(findings(rule, child(nfa, {}))).toEqual([])
})

test('one plan is enough', () => {
  expect(findings(rule, child('1', {}))).toEqual([
    'CINdetails 1 ReferralNFA, CINPlanDates 1 CINPlanStartDate',
  ])
})

test('no plan, or one of another episode', () => {
  expect(findings(rule, child('1'))).toEqual([])
  expect(findings(rule, census({ CINdetails: [{ ReferralNFA: '1' }, { CINPlanDates: [{}] }] }))).toEqual([])
})
