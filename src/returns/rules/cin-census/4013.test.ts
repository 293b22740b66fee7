import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './4013.ts'

const child = (CINPlanEndDate: string) => census({ CINdetails: { CINPlanDates: [{ CINPlanEndDate }] } })

test.each(['2025-03-31', '2026-04-01'])('%s fails', (end) => {
  expect(findings(rule, child(end))).toEqual(['CINPlanDates 1 CINPlanEndDate'])
})

test.each(['2025-04-01', '2026-03-31', ''])('"%s" passes', (end) => {
  expect(findings(rule, child(end))).toEqual([])
})
