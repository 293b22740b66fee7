import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8842Q.ts'

const child = (...Reviews: string[]) => census({ CINdetails: { ChildProtectionPlans: [{ Reviews }] } })

test('blank, or no real date', () => {
  expect(findings(rule, child('2025-06-02', '', '2025-06-31'))).toEqual([
    'Reviews 2 CPPreviewDate',
    'Reviews 3 CPPreviewDate',
  ])
})

test('a date, or no reviews', () => {
  expect(findings(rule, child('2025-06-02'))).toEqual([])
  expect(findings(rule, child())).toEqual([])
})
