import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8840.ts'

const child = (CPPstartDate: string, CPPendDate: string) =>
  census({ CINdetails: { ChildProtectionPlans: [{ CPPstartDate, CPPendDate }] } })

test('the same day', () => {
  expect(findings(rule, child('2025-06-02', '2025-06-02'))).toEqual([
    'ChildProtectionPlans 1 CPPstartDate CPPendDate',
  ])
})

test('another day passes, and so do two blanks', () => {
  expect(findings(rule, child('2025-06-02', '2025-06-03'))).toEqual([])
  expect(findings(rule, child('2025-06-02', '2025-06-01'))).toEqual([])
  expect(findings(rule, child('', ''))).toEqual([])
})
