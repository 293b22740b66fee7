import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8715.ts'

const child = (DateOfInitialCPC: string) => census({ CINdetails: { Section47: [{ DateOfInitialCPC }] } })

test.each(['2025-03-31', '2026-04-01'])('%s fails', (date) => {
  expect(findings(rule, child(date))).toEqual(['Section47 1 DateOfInitialCPC'])
})

test.each(['2025-04-01', '2026-03-31', ''])('"%s" passes', (date) => {
  expect(findings(rule, child(date))).toEqual([])
})

test('the conference of the episode itself is not tested', () => {
  expect(findings(rule, census({ CINdetails: { DateOfInitialCPC: '2025-03-31' } }))).toEqual([])
})
