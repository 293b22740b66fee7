import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8940.ts'

const plans = (...pairs: [start: string, end: string][]) =>
  census({
    CINdetails: pairs.map(([CPPstartDate, CPPendDate]) => ({
      ChildProtectionPlans: [{ CPPstartDate, CPPendDate }],
    })),
  })
const first = 'ChildProtectionPlans 1 CPPstartDate, ChildProtectionPlans 2 CPPstartDate CPPendDate'
const second = 'ChildProtectionPlans 2 CPPstartDate, ChildProtectionPlans 1 CPPstartDate CPPendDate'

test('starts while the other is going, or on the day it ends', () => {
  expect(findings(rule, plans(['2025-05-01', '2025-06-10'], ['2025-05-20', '2025-07-01']))).toEqual([second])
  expect(findings(rule, plans(['2025-05-01', '2025-06-10'], ['2025-06-10', '2025-07-01']))).toEqual([second])
})

test('the day after passes', () => {
  expect(findings(rule, plans(['2025-05-01', '2025-06-10'], ['2025-06-11', '']))).toEqual([])
})

test('an open one is in the way up to the reference date', () => {
  expect(findings(rule, plans(['2025-05-01', ''], ['2026-03-31', '']))).toEqual([second])
  expect(findings(rule, plans(['2025-05-01', ''], ['2026-04-01', '']))).toEqual([])
})

test('the same start: each is in the way of the other', () => {
  expect(findings(rule, plans(['2025-05-01', '2025-06-10'], ['2025-05-01', '2025-06-10']))).toEqual([
    first,
    second,
  ])
})

test('without a start neither is compared', () => {
  expect(findings(rule, plans(['', '2025-06-10'], ['2025-05-20', '']))).toEqual([])
})

test('in one episode too', () => {
  const both = [{ CPPstartDate: '2025-05-01' }, { CPPstartDate: '2025-05-20' }]
  expect(findings(rule, census({ CINdetails: { ChildProtectionPlans: both } }))).toEqual([second])
})
