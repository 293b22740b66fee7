import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8915.ts'

const child = (PersonDeathDate: string, CPPstartDate: string) =>
  census({
    ChildIdentifiers: { PersonDeathDate },
    CINdetails: [{}, { ChildProtectionPlans: [{ CPPstartDate }] }],
  })

test('the day after', () => {
  expect(findings(rule, child('2025-06-02', '2025-06-03'))).toEqual([
    'ChildProtectionPlans 1 CPPstartDate, ChildIdentifiers 1 PersonDeathDate',
  ])
})

test('the day itself passes, and so do blanks', () => {
  expect(findings(rule, child('2025-06-02', '2025-06-02'))).toEqual([])
  expect(findings(rule, child('', '2025-06-03'))).toEqual([])
  expect(findings(rule, child('2025-06-02', ''))).toEqual([])
})
