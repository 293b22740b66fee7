import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './4010.ts'

const child = (CINPlanStartDate: string) => census({ CINdetails: { CINPlanDates: [{ CINPlanStartDate }] } })

test.each(['', '2025-06-31', '2026-04-01'])('"%s" fails', (start) => {
  expect(findings(rule, child(start))).toEqual(['CINPlanDates 1 CINPlanStartDate'])
})

test.each(['2026-03-31', '1999-01-01'])('%s passes', (start) => {
  expect(findings(rule, child(start))).toEqual([])
})
