import { expect, test } from 'vitest'
import { allPlacements, child903, findings, postcodes } from '../testing.ts'
import rule from './1015.ts'

const given = {
  authority: 'E10000030',
  postcodes: postcodes({
    'AA1 1AA': { authority: 'E10000030', east: 0, north: 0 },
    'BB1 1BB': { authority: 'E10000016', east: 0, north: 0 },
    'CC1 1CC': { authority: 'SCO', east: 0, north: 0 },
  }),
}
const own = { PLACE_PROVIDER: 'PR1', LS: 'C2', PLACE: 'K2', PL_POST: 'BB1 1BB' }
const check = (episode: Record<string, string>) =>
  findings(rule, child903({ Episodes: { ...own, ...episode } }), given)
const marked = ['Episodes 1 PL_LA']

test('own provision in the area of another authority, or nobody knows where', () => {
  expect(check({})).toEqual(marked)
  expect(check({ PL_POST: 'CC1 1CC' })).toEqual(marked)
  expect(check({ PL_POST: '' })).toEqual(marked)
  expect(check({ PL_POST: 'ZZ1 1ZZ' })).toEqual(marked)
  expect(check({ PL_POST: 'aa11aa' })).toEqual([])
})

test('other providers', () => {
  expect(check({ PLACE_PROVIDER: 'PR2' })).toEqual([])
  expect(check({ PLACE_PROVIDER: '' })).toEqual([])
})

test.each(['V3', 'V4', ''])('legal status "%s" is not asked', (LS) => {
  expect(check({ LS })).toEqual([])
})

test('foster carers and adopters may live elsewhere, and a blank is not asked', () => {
  expect(allPlacements.filter((PLACE) => check({ PLACE }).length === 0)).toEqual([
    ...['A3', 'A4', 'A5', 'A6', 'U1', 'U2', 'U3', 'U4', 'U5', 'U6', ''],
  ])
})
