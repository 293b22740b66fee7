import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8910.ts'

const child = (LatestCategoryOfAbuse: string) =>
  census({ CINdetails: { ChildProtectionPlans: [{ LatestCategoryOfAbuse, InitialCategoryOfAbuse: 'X' }] } })

test.each(['NEG', 'PHY', 'SAB', 'EMO', 'MUL'])('%s passes', (code) => {
  expect(findings(rule, child(code))).toEqual([])
})

test.each(['', 'neg', 'NEGLECT'])('"%s" fails', (code) => {
  expect(findings(rule, child(code))).toEqual(['ChildProtectionPlans 1 LatestCategoryOfAbuse'])
})
