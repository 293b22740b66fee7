import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8905.ts'

const child = (InitialCategoryOfAbuse: string) =>
  census({ CINdetails: { ChildProtectionPlans: [{ InitialCategoryOfAbuse, LatestCategoryOfAbuse: 'X' }] } })

test.each(['NEG', 'PHY', 'SAB', 'EMO', 'MUL'])('%s passes', (code) => {
  expect(findings(rule, child(code))).toEqual([])
})

test.each(['', 'neg', 'NEGLECT'])('"%s" fails', (code) => {
  expect(findings(rule, child(code))).toEqual(['ChildProtectionPlans 1 InitialCategoryOfAbuse'])
})
