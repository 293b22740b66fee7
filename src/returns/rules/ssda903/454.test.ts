import { expect, test } from 'vitest'
import { child903, findings, postcodes } from '../testing.ts'
import rule from './454.ts'

const awayFromHome = (miles: number) => ({ authority: 'E10000030', east: miles * 1609.3, north: 0 })
const known = postcodes({
  HOME: awayFromHome(0),
  'AA1 1AA': awayFromHome(350),
  'BB1 1BB': awayFromHome(350.1),
  'CC1 1CC': awayFromHome(999.9),
  'DD1 1DD': awayFromHome(1000),
})
const check = (PL_POST: string, HOME_POST = 'HOME') =>
  findings(rule, child903({ Episodes: { HOME_POST, PL_POST } }), { postcodes: known })

test('more than 350 miles, and not 350', () => {
  expect(check('BB1 1BB')).toEqual(['Episodes 1 PL_DISTANCE'])
  expect(check('AA1 1AA')).toEqual([])
  expect(check('HOME')).toEqual([])
})

test('999.9 passes, 1000 does not', () => {
  expect(check('CC1 1CC')).toEqual([])
  expect(check('DD1 1DD')).toHaveLength(1)
})

test('no distance passes', () => {
  expect(check('')).toEqual([])
  expect(check('BB1 1BB', '')).toEqual([])
  expect(check('ZZ1 1ZZ')).toEqual([])
})
