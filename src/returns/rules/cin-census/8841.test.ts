import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8841.ts'

const child = (CPPstartDate: string, ...Reviews: string[]) =>
  census({ CINdetails: { ChildProtectionPlans: [{ CPPstartDate, Reviews }] } })

test('before the plan starts, or on the day', () => {
  expect(findings(rule, child('2025-06-02', '2025-09-01', '2025-06-02', '2025-06-01'))).toEqual([
    'ChildProtectionPlans 1 CPPstartDate, Reviews 2 CPPreviewDate',
    'ChildProtectionPlans 1 CPPstartDate, Reviews 3 CPPreviewDate',
  ])
})

test('the day after passes, and so do blanks', () => {
  expect(findings(rule, child('2025-06-02', '2025-06-03'))).toEqual([])
  expect(findings(rule, child('', '2025-06-01'))).toEqual([])
  expect(findings(rule, child('2025-06-02', ''))).toEqual([])
})

test('only its own plan counts', () => {
  const two = census({
    CINdetails: {
      ChildProtectionPlans: [
        { CPPstartDate: '2025-09-01' },
        { CPPstartDate: '2025-04-02', Reviews: ['2025-06-02'] },
      ],
    },
  })
  expect(findings(rule, two)).toEqual([])
})
