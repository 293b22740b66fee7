import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './157.ts'

const allYear = { DECOM: '01/04/2020', RNE: 'S', LS: 'C2' }
const check = (DOB: string, oc2: Record<string, string> = {}, Episodes = [allYear]) =>
  findings(rule, child903({ OC2: { DOB, SDQ_REASON: 'SDQ1', ...oc2 }, Episodes }))
const marked = ['OC2 1 SDQ_REASON DOB']

test('4 on the first day counts, the day after does not', () => {
  expect(check('01/04/2021')).toEqual(marked)
  expect(check('02/04/2021')).toEqual([])
})

test('16 on the last day counts, the day before does not', () => {
  expect(check('31/03/2010')).toEqual(marked)
  expect(check('30/03/2010')).toEqual([])
})

test('another reason, none, or a score as well', () => {
  expect(check('14/05/2014', { SDQ_REASON: 'SDQ2' })).toEqual([])
  expect(check('14/05/2014', { SDQ_REASON: '' })).toEqual([])
  expect(check('14/05/2014', { SDQ_SCORE: '12' })).toEqual([])
})

test('not looked after all year', () => {
  expect(check('14/05/2014', {}, [{ ...allYear, DECOM: '02/04/2025' }])).toEqual([])
  expect(check('14/05/2014', {}, [{ ...allYear, LS: 'V4' }])).toEqual([])
  expect(check('14/05/2014', {}, [])).toEqual([])
})

test('no date of birth in the health details', () => {
  expect(check('')).toEqual([])
  expect(check('32/05/2014')).toEqual([])
})
