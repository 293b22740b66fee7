import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8935.ts'

const plans = (...ends: string[]) => ({ ChildProtectionPlans: ends.map((CPPendDate) => ({ CPPendDate })) })

test('two are open, in one episode or in several: only these are marked', () => {
  expect(findings(rule, census({ CINdetails: plans('', '2025-06-02', '') }))).toEqual([
    'ChildProtectionPlans 1 CPPendDate, ChildProtectionPlans 3 CPPendDate',
  ])
  expect(findings(rule, census({ CINdetails: [plans('2025-06-02', ''), plans('')] }))).toEqual([
    'ChildProtectionPlans 2 CPPendDate, ChildProtectionPlans 3 CPPendDate',
  ])
})

test('one is open', () => {
  expect(findings(rule, census({ CINdetails: plans('', '2025-06-02') }))).toEqual([])
})
