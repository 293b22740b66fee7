import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './213.ts'

const child = (PLACE: string, PLACE_PROVIDER = 'PR1') => child903({ Episodes: { PLACE, PLACE_PROVIDER } })

test.each([
  ['2022-23', 'T0'],
  ['2024-25', 'T4'],
  ['2025-26', 'T2'],
  ['2025-26', 'Z11'],
  ['2026-27', 'Z14'],
])('in %s %s takes no provider', (year, place) => {
  expect(findings(rule, child(place), { year })).toEqual(['Episodes 1 PLACE_PROVIDER'])
  expect(findings(rule, child(place, ''), { year })).toEqual([])
})

test.each([
  ['2024-25', 'Z11'],
  ['2024-25', 'Z1'],
  ['2025-26', 'Z1'],
  ['2025-26', 'U1'],
  ['2025-26', ''],
])('in %s "%s" passes', (year, place) => {
  expect(findings(rule, child(place), { year })).toEqual([])
})
