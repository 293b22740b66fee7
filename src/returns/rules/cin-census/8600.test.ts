import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8600.ts'

const child = (CINreferralDate: string) => census({ CINdetails: { CINreferralDate } })

test.each(['', '2025-06-31', '2026-04-01'])('"%s" fails', (date) => {
  expect(findings(rule, child(date))).toEqual(['CINdetails 1 CINreferralDate'])
})

test.each(['2026-03-31', '1999-01-01'])('%s passes', (date) => {
  expect(findings(rule, child(date))).toEqual([])
})
