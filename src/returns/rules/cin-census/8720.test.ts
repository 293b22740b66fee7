import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8720.ts'

const child = (CPPstartDate: string) => census({ CINdetails: { ChildProtectionPlans: [{ CPPstartDate }] } })

test.each(['', '2025-06-31', '2026-04-01'])('"%s" fails', (start) => {
  expect(findings(rule, child(start))).toEqual(['ChildProtectionPlans 1 CPPstartDate'])
})

test.each(['2026-03-31', '1999-01-01'])('%s passes', (start) => {
  expect(findings(rule, child(start))).toEqual([])
})
