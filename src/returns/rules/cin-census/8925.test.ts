import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8925.ts'

const child = (CPPstartDate: string, CPPendDate: string) =>
  census({ CINdetails: { ChildProtectionPlans: [{ CPPstartDate, CPPendDate }] } })

test('the day before', () => {
  expect(findings(rule, child('2025-06-02', '2025-06-01'))).toEqual([
    'ChildProtectionPlans 1 CPPstartDate CPPendDate',
  ])
})

test('the same day passes, and so do blanks', () => {
  expect(findings(rule, child('2025-06-02', '2025-06-02'))).toEqual([])
  expect(findings(rule, child('2025-06-02', ''))).toEqual([])
  expect(findings(rule, child('', '2025-06-01'))).toEqual([])
})
