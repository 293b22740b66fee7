import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './630.ts'

const complete = { PREV_PERM: 'P1', LA_PERM: '201', DATE_PERM: 'ZZ/ZZ/2015' }
const check = (
  PrevPerm: Record<string, string> | Record<string, string>[],
  { RNE = 'S', DECOM = '01/04/2025' } = {},
) => findings(rule, child903({ Episodes: { RNE, DECOM }, PrevPerm }))
const marked = ['Episodes 1 RNE']

test('no details at all', () => {
  expect(check([])).toEqual(marked)
})

test.each(['PREV_PERM', 'LA_PERM', 'DATE_PERM'])('%s is blank', (field) => {
  expect(check({ ...complete, [field]: '' })).toEqual(marked)
})

test('complete, or there was none', () => {
  expect(check(complete)).toEqual([])
  expect(check({ PREV_PERM: 'Z1' })).toEqual([])
  expect(check({ PREV_PERM: 'Z1', LA_PERM: '201' })).toEqual([])
})

test('a code that is none wants the other two as well', () => {
  expect(check({ PREV_PERM: 'Q' })).toEqual(marked)
  expect(check({ ...complete, PREV_PERM: 'Q' })).toEqual([])
})

test('one of several rows', () => {
  expect(check([complete, { PREV_PERM: 'P1' }])).toEqual(marked)
})

test('care that started before the year does not count, nor another beginning', () => {
  expect(check([], { DECOM: '31/03/2025' })).toEqual([])
  expect(check([], { DECOM: '' })).toEqual([])
  expect(check([], { RNE: 'P' })).toEqual([])
  expect(check([], { RNE: '' })).toEqual([])
})

test('after the end of the year counts too', () => {
  expect(check([], { DECOM: '01/04/2026' })).toEqual(marked)
})
