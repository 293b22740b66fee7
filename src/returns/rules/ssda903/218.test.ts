import { expect, test } from 'vitest'
import { allPlacements, child903, findings, postcodes } from '../testing.ts'
import rule from './218.ts'

const known = postcodes({
  'AA1 1AA': { authority: 'E10000030', east: 0, north: 0 },
  'SC1 1SC': { authority: 'SCO', east: 0, north: 0 },
  'WA1 1WA': { authority: 'WAL', east: 0, north: 0 },
  'NI1 1NI': { authority: 'NIR', east: 0, north: 0 },
  'JE1 1JE': { authority: 'CON', east: 0, north: 0 },
  'NU1 1NU': { authority: 'NUK', east: 0, north: 0 },
})
const check = (episode: Record<string, string>, year = '2025-26') =>
  findings(rule, child903({ Episodes: { PLACE: 'U1', PL_POST: 'AA1 1AA', ...episode } }), {
    year,
    postcodes: known,
  })

test('in England without a URN', () => {
  expect(check({})).toEqual(['Episodes 1 URN'])
  expect(check({ URN: 'SC123456' })).toEqual([])
  expect(check({ URN: 'XXXXXXX' })).toEqual([])
})

test('outside England it passes; where nobody knows, it does not', () => {
  for (const PL_POST of ['SC1 1SC', 'WA1 1WA', 'NI1 1NI', 'JE1 1JE', 'NU1 1NU']) {
    expect(check({ PL_POST })).toEqual([])
    expect(check({ PL_POST }, '2022-23')).toEqual([])
  }
  for (const PL_POST of ['', 'ZZ1 1ZZ']) {
    expect(check({ PL_POST })).toHaveLength(1)
    expect(check({ PL_POST }, '2022-23')).toHaveLength(1)
  }
})

test('ended by 31 March 2015, or on no readable day', () => {
  expect(check({ DEC: '31/03/2015' })).toEqual([])
  expect(check({ DEC: '01/04/2015' })).toHaveLength(1)
  expect(check({ DEC: '32/04/2025' })).toEqual([])
})

test.each([
  ['2022-23', 'H5 P1 P2 P3 R1 R2 R5 T0 T1 T2 T3 T4 Z1'],
  ['2023-24', 'H5 P1 P2 P3 R1 R2 R5 T0 T1 T2 T3 T4 Z1'],
  ['2024-25', 'P1 P3 R1 R2 R5 T0 T1 T2 T3 T4 Z1'],
  ['2025-26', 'P1 P3 R1 R2 R5 T0 T1 T2 T3 T4 Z11 Z12 Z13 Z14'],
])('in %s %s need none, and all others do', (year, without) => {
  expect(allPlacements.filter((PLACE) => check({ PLACE }, year).length === 0).join(' ')).toBe(without)
})
