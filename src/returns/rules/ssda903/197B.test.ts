import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './197B.ts'

const allYear = { DECOM: '01/01/2025', RNE: 'S', LS: 'C2' }
const check = (DOB: string, oc2: Record<string, string> = {}, Episodes = [allYear]) =>
  findings(rule, child903({ OC2: { DOB, ...oc2 }, Episodes }))
const marked = ['OC2 1 SDQ_REASON DOB']

test.each([
  ['4', '2021', '2022'],
  ['17', '2008', '2009'],
])('%s on the first or the last day, not before or after', (_age, first, last) => {
  expect(check(`31/03/${first}`)).toEqual([])
  expect(check(`01/04/${first}`)).toEqual(marked)
  expect(check(`31/03/${last}`)).toEqual(marked)
  expect(check(`01/04/${last}`)).toEqual([])
})

test('a score or a reason', () => {
  expect(check('14/05/2008', { SDQ_SCORE: '12' })).toEqual([])
  expect(check('14/05/2008', { SDQ_REASON: 'SDQ1' })).toEqual([])
})

test('not looked after all year', () => {
  expect(check('14/05/2008', {}, [{ ...allYear, DECOM: '02/04/2025' }])).toEqual([])
  expect(check('14/05/2008', {}, [{ ...allYear, LS: 'V3' }])).toEqual([])
  expect(check('14/05/2008', {}, [])).toEqual([])
})

test('no date of birth in the health details', () => {
  expect(check('')).toEqual([])
  expect(check('32/05/2008')).toEqual([])
})
