import { expect, test } from 'vitest'
import { versionIn } from '../rule.ts'
import { child903, findings } from '../testing.ts'
import rule from './101.ts'

const child = (SEX: string) => child903({ Header: { SEX } })

test.each([
  ['2022-23', '1'],
  ['2023-24', '2'],
  ['2024-25', 'M'],
  ['2024-25', 'F'],
  ['2025-26', 'U'],
])('in %s %s passes', (year, sex) => {
  expect(findings(rule, child(sex), { year })).toEqual([])
})

test.each([
  ['2023-24', 'M'],
  ['2024-25', '1'],
  ['2025-26', ''],
])('in %s "%s" fails', (year, sex) => {
  expect(findings(rule, child(sex), { year })).toEqual(['Header 1 SEX'])
})

test('the message names the codes of the year', () => {
  expect(versionIn(rule, '2023-24')!.message).toMatch(/1 .*2 /)
  expect(versionIn(rule, '2024-25')!.message).toMatch(/M, F or U/)
})
