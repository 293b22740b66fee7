import { expect, test } from 'vitest'
import { allPlacements, child903, findings } from '../testing.ts'
import rule from './526.ts'

const check = (PLACE: string, year: string, PLACE_PROVIDER = '') =>
  findings(rule, child903({ Episodes: { PLACE, PLACE_PROVIDER } }), { year })

test.each([
  ['2022-23', ['Z1']],
  ['2024-25', ['Z1']],
  ['2025-26', ['Z11', 'Z12', 'Z13', 'Z14']],
  ['2026-27', ['Z11', 'Z12', 'Z13', 'Z14']],
])('in %s, of all placements, and a blank, which need no provider', (year, others) => {
  expect(allPlacements.filter((PLACE) => check(PLACE, year).length === 0)).toEqual([
    ...['T0', 'T1', 'T2', 'T3', 'T4'],
    ...others,
  ])
})

test('what is marked; with a provider all pass', () => {
  expect(check('U1', '2025-26')).toEqual(['Episodes 1 PLACE PLACE_PROVIDER'])
  expect(check('U1', '2025-26', 'PR1')).toEqual([])
  expect(check('', '2025-26', 'PR1')).toEqual([])
})
