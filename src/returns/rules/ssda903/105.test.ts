import { expect, test } from 'vitest'
import { planFor } from '../plan.ts'
import { child903, findings } from '../testing.ts'
import rule from './105.ts'

const check = (UASC: string) => findings(rule, child903({ Header: { UASC } }))

test.each(['', '2', 'Y', '0.5', '-1'])('"%s" fails', (marker) => {
  expect(check(marker)).toEqual(['Header 1 UASC'])
})

test.each(['0', '1', '1.0', '00'])('%s passes', (marker) => {
  expect(check(marker)).toEqual([])
})

test('run on the XML form only', () => {
  const runs = (form: string) => planFor([rule], '2025-26', { has: new Set(['Header', 'uasc', form]) }).ran
  expect(runs('xml')).toHaveLength(1)
  expect(runs('csv')).toHaveLength(0)
})
