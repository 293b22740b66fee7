import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './174.ts'

const check = (year: string, SEX: string, MC_DOB = '01/05/2025') =>
  findings(rule, child903({ Header: { SEX, MC_DOB } }), { year })

test.each([
  ['2022-23', '1'],
  ['2023-24', '1'],
  ['2024-25', 'M'],
  ['2026-27', 'M'],
])('in %s %s is male', (year, sex) => {
  expect(check(year, sex)).toEqual(['Header 1 SEX MC_DOB'])
  expect(check(year, sex, '32/05/2025')).toHaveLength(1)
  expect(check(year, sex, '')).toEqual([])
})

test.each([
  ['2023-24', '2'],
  ['2023-24', 'M'],
  ['2024-25', 'F'],
  ['2024-25', 'U'],
  ['2024-25', '1'],
  ['2025-26', ''],
])('in %s "%s" passes', (year, sex) => {
  expect(check(year, sex)).toEqual([])
})
