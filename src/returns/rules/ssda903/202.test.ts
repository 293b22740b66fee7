import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './202.ts'

const check = (before: string, now: string, year = '2025-26') =>
  findings(rule, child903({ Header: { SEX: now }, lastYear: { Header: { SEX: before } } }), { year })
const marked = ['Header 1 SEX']

test('differs from last year', () => {
  expect(check('M', 'F')).toEqual(marked)
  expect(check('M', 'M')).toEqual([])
  expect(check('U', 'F')).toEqual(marked)
})

test('blank in one year fails, in both passes', () => {
  expect(check('M', '')).toEqual(marked)
  expect(check('', 'M')).toEqual(marked)
  expect(check('', '')).toEqual([])
})

test.each([
  ['1', 'M', []],
  ['2', 'F', []],
  ['1', 'F', marked],
  ['2', 'U', marked],
  ['', 'M', marked],
  ['', '', []],
  ['F', 'F', []],
])('in 2024-25 last year’s "%s" and this year’s "%s"', (before, now, expected) => {
  expect(check(before, now, '2024-25')).toEqual(expected)
})

test('in other years codes are compared as they are', () => {
  expect(check('1', 'M', '2025-26')).toEqual(marked)
  expect(check('1', 'M', '2023-24')).toEqual(marked)
  expect(check('1', '1', '2023-24')).toEqual([])
})

test('not in last year’s return', () => {
  expect(findings(rule, child903({ Header: { SEX: 'M' }, lastYear: { Header: [], Episodes: {} } }))).toEqual(
    [],
  )
})
