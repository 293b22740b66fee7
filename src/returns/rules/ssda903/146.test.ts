import { expect, test } from 'vitest'
import { versionIn } from '../rule.ts'
import { child903, findings } from '../testing.ts'
import rule from './146.ts'

const placed = (PLACE: string) => child903({ Episodes: { PLACE } })

test.each([
  ['2023-24', 'K3'],
  ['2024-25', 'Z11'],
  ['2025-26', 'Z1'],
  ['2025-26', 'H5'],
  ['2025-26', 'P2'],
  ['2025-26', 'XX'],
])('in %s %s fails', (year, place) => {
  expect(findings(rule, placed(place), { year })).toEqual(['Episodes 1 PLACE'])
})

test.each([
  ['2022-23', 'Z1'],
  ['2024-25', 'K3'],
  ['2024-25', 'H5'],
  ['2025-26', 'Z14'],
  ['2025-26', ''],
])('in %s "%s" passes', (year, place) => {
  expect(findings(rule, placed(place), { year })).toEqual([])
})

test('the message tells what became of Z1 from 2025-26', () => {
  expect(versionIn(rule, '2025-26')!.message).toMatch(/Z11 to Z14/)
  expect(versionIn(rule, '2024-25')!.message).not.toMatch(/Z1/)
})
