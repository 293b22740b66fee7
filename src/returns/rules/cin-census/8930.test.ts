import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8930.ts'

const child = (CPPendDate: string) => census({ CINdetails: { ChildProtectionPlans: [{ CPPendDate }] } })

test.each(['2025-03-31', '2026-04-01'])('%s fails', (end) => {
  expect(findings(rule, child(end))).toEqual(['ChildProtectionPlans 1 CPPendDate'])
})

test.each(['2025-04-01', '2026-03-31', ''])('"%s" passes', (end) => {
  expect(findings(rule, child(end))).toEqual([])
})
