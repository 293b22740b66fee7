import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8730.ts'

const child = (NumberOfPreviousCPP: string) =>
  census({ CINdetails: { ChildProtectionPlans: [{ NumberOfPreviousCPP }] } })

test.each(['0', '2', '12'])('%s passes', (count) => {
  expect(findings(rule, child(count))).toEqual([])
})

test.each(['', '-1', '1.5', 'none', '1e2'])('"%s" fails', (count) => {
  expect(findings(rule, child(count))).toEqual(['ChildProtectionPlans 1 NumberOfPreviousCPP'])
})
