import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './190.ts'

const items = [
  ...['CONVICTED', 'HEALTH_CHECK', 'IMMUNISATIONS', 'TEETH_CHECK', 'HEALTH_ASSESSMENT'],
  ...['SUBSTANCE_MISUSE', 'INTERVENTION_RECEIVED', 'INTERVENTION_OFFERED'],
]
const allYear = { DECOM: '01/04/2025', RNE: 'S', LS: 'C2' }
const check = (OC2: Record<string, string>, ...Episodes: Record<string, string>[]) =>
  findings(rule, child903({ OC2, Episodes }))
const marked = [`OC2 1 ${items.join(' ')}`]

test.each(items)('%s is enough', (item) => {
  expect(check({ [item]: '0' })).toEqual(marked)
})

test('not looked after all year', () => {
  expect(check({ CONVICTED: '0' }, { ...allYear, DECOM: '02/04/2025' })).toEqual(marked)
  expect(check({ CONVICTED: '0' }, { ...allYear, DEC: '30/03/2026', REC: 'E4A' })).toEqual(marked)
  expect(check({ CONVICTED: '0' }, { ...allYear, LS: 'V3' })).toEqual(marked)
})

test('from the first day to the last is all year', () => {
  expect(check({ CONVICTED: '0' }, allYear)).toEqual([])
  expect(check({ CONVICTED: '0' }, { ...allYear, DEC: '31/03/2026', REC: 'E4A' })).toEqual([])
})

test('nothing but the score', () => {
  expect(check({ SDQ_SCORE: '12', SDQ_REASON: 'SDQ2' })).toEqual([])
})
