import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './165.ts'

type Row = Record<string, string>

const inCare = { DECOM: '01/01/2020', LS: 'C2' }
const left = { DECOM: '01/01/2020', DEC: '31/03/2025', LS: 'C2' }
const check = (
  SEX: string,
  MOTHER: string,
  { Episodes = inCare, OC3 = [] }: { Episodes?: Row | []; OC3?: Row | [] } = {},
  year = '2025-26',
) => findings(rule, child903({ Header: { SEX, MOTHER }, Episodes, OC3 }), { year })
const marked = ['Header 1 MOTHER SEX']

test.each([
  ['2023-24', '1', '2'],
  ['2024-25', 'M', 'F'],
])('in %s: boys are %s, girls are %s', (year, boy, girl) => {
  expect(check(boy, '0', {}, year)).toEqual(marked)
  expect(check(boy, '', {}, year)).toEqual([])
  expect(check(girl, '', {}, year)).toEqual(marked)
  expect(check(girl, '0', {}, year)).toEqual([])
  expect(check(girl, '1', {}, year)).toEqual([])
})

test('the codes of other years say nothing', () => {
  expect(check('1', '0')).toEqual([])
  expect(check('2', '')).toEqual([])
  expect(check('M', '0', {}, '2023-24')).toEqual([])
  expect(check('F', '', {}, '2023-24')).toEqual([])
})

test('neither 0 nor 1, whoever it is and whatever episodes there are', () => {
  for (const sex of ['F', 'M', 'U', '']) expect(check(sex, '2')).toEqual(marked)
  expect(check('F', 'Y', { Episodes: [] })).toEqual(marked)
  expect(check('U', '1')).toEqual([])
})

test('boys are not asked, even without episodes', () => {
  expect(check('M', '1', { Episodes: [] })).toEqual(marked)
  expect(check('M', '0', { Episodes: { ...inCare, LS: 'V3' } })).toEqual(marked)
})

test('girls are asked who were in care this year, on its first or its last day', () => {
  expect(check('F', '', { Episodes: left })).toEqual([])
  expect(check('F', '', { Episodes: { ...left, DEC: '01/04/2025' } })).toEqual(marked)
  expect(check('F', '', { Episodes: { DECOM: '31/03/2026', LS: '' } })).toEqual(marked)
  expect(check('F', '', { Episodes: { DECOM: '01/04/2026', LS: 'C2' } })).toEqual([])
  expect(check('F', '', { Episodes: { ...left, DEC: '32/05/2025' } })).toEqual([])
})

test('girls are not asked who had short breaks only, or no episode', () => {
  expect(check('F', '', { Episodes: { ...inCare, LS: 'V3' } })).toEqual([])
  expect(check('F', '', { Episodes: { ...inCare, LS: 'V4' } })).toEqual([])
  expect(check('F', '', { Episodes: [] })).toEqual([])
})

test('a care leaver who was not in care this year', () => {
  const marked = ['Header 1 MOTHER SEX, OC3 1 IN_TOUCH ACTIV ACCOM']
  const OC3 = { ACTIV: '0' }
  expect(check('F', '0', { Episodes: left, OC3 })).toEqual(marked)
  expect(check('F', '', { Episodes: left, OC3 })).toEqual([])
  expect(check('F', '0', { Episodes: left, OC3: {} })).toEqual([])
  expect(check('F', '0', { Episodes: left })).toEqual([])
  expect(check('F', '0', { Episodes: inCare, OC3 })).toEqual([])
  expect(check('F', '0', { Episodes: { ...left, LS: 'V3' }, OC3 })).toEqual([])
  expect(check('F', '0', { Episodes: [], OC3 })).toEqual([])
  expect(check('U', '0', { Episodes: left, OC3 })).toEqual([])
})

test('care leaver details are marked with any fault', () => {
  expect(check('M', '0', { OC3: {} })).toEqual(['Header 1 MOTHER SEX, OC3 1 IN_TOUCH ACTIV ACCOM'])
})
