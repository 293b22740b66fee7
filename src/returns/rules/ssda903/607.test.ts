import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './607.ts'

const left = { DEC: '01/09/2025', REC: 'E4A', LS: 'C2' }
const check = (episode: Record<string, string> = {}, header: Record<string, string> = {}, year = '2025-26') =>
  findings(rule, child903({ Header: { SEX: 'F', ...header }, Episodes: { ...left, ...episode } }), { year })
const marked = ['Episodes 1 DEC REC LS, Header 1 MOTHER SEX']

test('left care, and nothing about being a mother', () => {
  expect(check()).toEqual(marked)
  expect(check({ LS: '' })).toEqual(marked)
  expect(check({}, { MOTHER: '0' })).toEqual([])
})

test('from the first to the last day of the year', () => {
  expect(check({ DEC: '01/04/2025' })).toHaveLength(1)
  expect(check({ DEC: '31/03/2026' })).toHaveLength(1)
  expect(check({ DEC: '31/03/2025' })).toEqual([])
  expect(check({ DEC: '01/04/2026' })).toEqual([])
  expect(check({ DEC: '' })).toEqual([])
})

test('care goes on, or it was a short break', () => {
  expect(check({ REC: 'X1' })).toEqual([])
  expect(check({ REC: '' })).toEqual([])
  expect(check({ LS: 'V3' })).toEqual([])
  expect(check({ LS: 'V4' })).toEqual([])
})

test.each([
  ['2023-24', '2', 1],
  ['2023-24', 'F', 0],
  ['2024-25', 'F', 1],
  ['2024-25', '2', 0],
  ['2024-25', 'M', 0],
  ['2024-25', '', 0],
])('in %s with sex "%s"', (year, SEX, howMany) => {
  expect(check({ DEC: `01/09/${year.slice(0, 4)}` }, { SEX }, year)).toHaveLength(howMany)
})

test('a child without a Header row passes', () => {
  expect(findings(rule, child903({ Header: [], Episodes: left }))).toEqual([])
})
