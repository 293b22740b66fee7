import { expect, test } from 'vitest'
import { child903, findings, postcodes } from '../testing.ts'
import rule from './230.ts'

const known = postcodes({
  'AA1 1AA': { authority: 'E10000030', east: 0, north: 0 },
  'SC1 1SC': { authority: 'SCO', east: 0, north: 0 },
  'WA1 1WA': { authority: 'WAL', east: 0, north: 0 },
  'NI1 1NI': { authority: 'NIR', east: 0, north: 0 },
})
const check = (episode: Record<string, string>) =>
  findings(rule, child903({ Episodes: { PLACE: 'H5', PL_POST: 'AA1 1AA', ...episode } }), {
    year: '2023-24',
    postcodes: known,
  })

test('blank or seven Xs', () => {
  expect(check({})).toEqual(['Episodes 1 PLACE DEC URN'])
  expect(check({ URN: 'XXXXXXX' })).toHaveLength(1)
  expect(check({ URN: 'SC123456' })).toEqual([])
})

test('ended on 28 October 2023 passes, on the 29th fails, on no readable day passes', () => {
  expect(check({ DEC: '28/10/2023' })).toEqual([])
  expect(check({ DEC: '29/10/2023' })).toHaveLength(1)
  expect(check({ DEC: '32/10/2023' })).toEqual([])
})

test('outside England it passes; where nobody knows, it does not', () => {
  for (const PL_POST of ['SC1 1SC', 'WA1 1WA', 'NI1 1NI']) expect(check({ PL_POST })).toEqual([])
  for (const PL_POST of ['', 'ZZ1 1ZZ']) expect(check({ PL_POST })).toHaveLength(1)
})

test('other placements pass', () => {
  expect(check({ PLACE: 'K2' })).toEqual([])
})
