import { expect, test } from 'vitest'
import { allPlacements, child903, findings } from '../testing.ts'
import rule from './178.ts'

const check = (PLACE_PROVIDER: string, PLACE = 'K2', year = '2025-26') =>
  findings(rule, child903({ Episodes: { PLACE, PLACE_PROVIDER } }), { year })

test.each(['PR6', 'PR', '1'])('%s fails', (code) => {
  expect(check(code)).toEqual(['Episodes 1 PLACE_PROVIDER'])
})

test.each(['PR0', 'PR1', 'PR2', 'PR3', 'PR4', 'PR5', ''])('"%s" passes', (code) => {
  expect(check(code)).toEqual([])
})

test.each([
  ['2022-23', ['T0', 'T1', 'T2', 'T3', 'T4', 'Z1']],
  ['2024-25', ['T0', 'T1', 'T2', 'T3', 'T4', 'Z1']],
  ['2025-26', ['T0', 'T1', 'T2', 'T3', 'Z11', 'Z12', 'Z13', 'Z14']],
])('in %s placements without a provider', (year, without) => {
  expect(allPlacements.filter((place) => check('PR1', place, year).length > 0)).toEqual(without)
  expect(check('', 'T1', year)).toEqual([])
})
