import { expect, test } from 'vitest'
import { allPlacements, child903, findings } from '../testing.ts'
import rule from './213.ts'

const check = (PLACE: string, PLACE_PROVIDER: string, year = '2025-26') =>
  findings(rule, child903({ Episodes: { PLACE, PLACE_PROVIDER } }), { year })

test.each([
  ['2022-23', 'T0 T1 T2 T3 T4'],
  ['2024-25', 'T0 T1 T2 T3 T4'],
  ['2025-26', 'T0 T1 T2 T3 T4 Z11 Z12 Z13 Z14'],
])('in %s no provider belongs to %s', (year, without) => {
  expect(allPlacements.filter((place) => check(place, 'PR1', year).length > 0).join(' ')).toBe(without)
})

test('the provider is marked, and a blank passes', () => {
  expect(check('T2', 'PR1')).toEqual(['Episodes 1 PLACE_PROVIDER'])
  expect(check('T2', '')).toEqual([])
})
