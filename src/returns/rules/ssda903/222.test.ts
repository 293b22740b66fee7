import { expect, test } from 'vitest'
import { allPlacements, child903, findings } from '../testing.ts'
import rule from './222.ts'

const check = (PLACE: string, URN: string, year = '2025-26') =>
  findings(rule, child903({ Episodes: { PLACE, URN } }), { year })

test.each([
  ['2022-23', 'H5 P1 P2 P3 R1 R2 R5 T0 T1 T2 T3 T4 Z1'],
  ['2023-24', 'P1 P2 P3 R1 R2 R5 T0 T1 T2 T3 T4 Z1'],
  ['2024-25', 'P1 P3 R1 R2 R5 T0 T1 T2 T3 T4 Z1'],
  ['2025-26', 'P1 P3 R1 R2 R5 T0 T1 T2 T3 T4 Z11 Z12 Z13 Z14'],
])('in %s no URN belongs to %s', (year, without) => {
  expect(allPlacements.filter((place) => check(place, 'SC123456', year).length > 0).join(' ')).toBe(without)
})

test('blank and seven Xs pass, six Xs do not', () => {
  expect(check('P1', '')).toEqual([])
  expect(check('P1', 'XXXXXXX')).toEqual([])
  expect(check('P1', 'XXXXXX')).toEqual(['Episodes 1 URN'])
})
