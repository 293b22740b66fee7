import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './186.ts'

const allYear = { DECOM: '01/04/2020', RNE: 'S', LS: 'C2' }
const child = (DOB: string, oc2: Record<string, string> = {}, episode = allYear) =>
  child903({ Header: { DOB }, OC2: oc2, Episodes: episode })
const marked = ['OC2 1 SDQ_SCORE']

test('neither score nor reason', () => {
  expect(findings(rule, child('14/05/2012'))).toEqual(marked)
  expect(findings(rule, child('14/05/2012', { SDQ_SCORE: '12' }))).toEqual([])
  expect(findings(rule, child('14/05/2012', { SDQ_REASON: 'SDQ1' }))).toEqual([])
})

test('4 on the first day counts, the day after does not', () => {
  expect(findings(rule, child('01/04/2021'))).toEqual(marked)
  expect(findings(rule, child('02/04/2021'))).toEqual([])
})

test('17 on the last day does not count, the day after does', () => {
  expect(findings(rule, child('31/03/2009'))).toEqual([])
  expect(findings(rule, child('01/04/2009'))).toEqual(marked)
})

test('not looked after all year', () => {
  expect(findings(rule, child('14/05/2012', {}, { ...allYear, DECOM: '02/04/2025' }))).toEqual([])
  expect(findings(rule, child('14/05/2012', {}, { ...allYear, LS: 'V3' }))).toEqual([])
  expect(findings(rule, child903({ OC2: {} }))).toEqual([])
})

test('in care from the first day of the year is all year', () => {
  expect(findings(rule, child('14/05/2012', {}, { ...allYear, DECOM: '01/04/2025' }))).toEqual(marked)
})
