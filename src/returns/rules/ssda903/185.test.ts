import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './185.ts'

const allYear = { DECOM: '01/04/2025', RNE: 'S', LS: 'C2' }
const check = (SDQ_SCORE: string, ...Episodes: Record<string, string>[]) =>
  findings(rule, child903({ OC2: { SDQ_SCORE }, Episodes }))
const marked = ['OC2 1 SDQ_SCORE']

test('not looked after all year', () => {
  expect(check('12', { ...allYear, DECOM: '02/04/2025' })).toEqual(marked)
  expect(check('12', { ...allYear, DEC: '30/03/2026', REC: 'E4A' })).toEqual(marked)
  expect(check('12', { ...allYear, LS: 'V3' })).toEqual(marked)
  expect(check('12')).toEqual(marked)
})

test('from the first day to the last is all year', () => {
  expect(check('12', allYear)).toEqual([])
  expect(check('12', { ...allYear, DEC: '31/03/2026', REC: 'E4A' })).toEqual([])
})

test('any score counts, a blank does not', () => {
  expect(check('X')).toEqual(marked)
  expect(check('')).toEqual([])
})
