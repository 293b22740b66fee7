import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './222.ts'

const check = (PLACE: string, URN: string, year = '2025-26') =>
  findings(rule, child903({ Episodes: { PLACE, URN } }), { year })

test.each([
  ['2022-23', 'H5', 1],
  ['2023-24', 'H5', 0],
  ['2023-24', 'P2', 1],
  ['2024-25', 'P2', 0],
  ['2024-25', 'Z1', 1],
  ['2025-26', 'Z1', 0],
  ['2024-25', 'Z11', 0],
  ['2025-26', 'Z11', 1],
  ['2025-26', 'T3', 1],
  ['2025-26', 'K2', 0],
  ['2025-26', '', 0],
])('in %s "%s": %i', (year, PLACE, count) => {
  expect(check(PLACE, 'SC123456', year)).toEqual(count === 0 ? [] : ['Episodes 1 URN'])
})

test('blank and seven Xs pass, six Xs do not', () => {
  expect(check('P1', '')).toEqual([])
  expect(check('P1', 'XXXXXXX')).toEqual([])
  expect(check('P1', 'XXXXXX')).toHaveLength(1)
})
