import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8620.ts'

const child = (CINclosureDate: string) => census({ CINdetails: { CINclosureDate } })

test.each(['2025-03-31', '2026-04-01'])('%s fails', (date) => {
  expect(findings(rule, child(date))).toEqual(['CINdetails 1 CINclosureDate'])
})

test.each(['2025-04-01', '2026-03-31', ''])('"%s" passes', (date) => {
  expect(findings(rule, child(date))).toEqual([])
})
