import { expect, test } from 'vitest'
import { child903, findings, postcodes } from '../testing.ts'
import rule from './164.ts'

const milesNorth = (miles: number) => ({ authority: 'E10000030', east: 0, north: miles * 1609.3 })
const known = postcodes({
  'AA1 1AA': milesNorth(0),
  'BB1 1BB': milesNorth(999.9),
  'CC1 1CC': milesNorth(1000),
})
const far = { HOME_POST: 'AA1 1AA', PL_POST: 'CC1 1CC' }
const check = (episode: Record<string, string>, more: Parameters<typeof child903>[0] = {}) =>
  findings(rule, child903({ Header: { UASC: '0' }, Episodes: { ...far, ...episode }, ...more }), {
    postcodes: known,
  })
const marked = ['Episodes 1 PL_DISTANCE']

test('more than 999.9 miles', () => {
  expect(check({})).toEqual(marked)
  expect(check({ PL_POST: 'BB1 1BB' })).toEqual([])
  expect(check({ PL_POST: 'AA1 1AA' })).toEqual([])
})

test('no distance can be worked out', () => {
  expect(check({ PL_POST: '' })).toEqual([])
  expect(check({ HOME_POST: 'ZZ1 1ZZ' })).toEqual([])
})

test('short breaks pass, a blank legal status does not', () => {
  expect(check({ LS: 'V3' })).toEqual([])
  expect(check({ LS: 'V4' })).toEqual([])
  expect(check({ LS: '' })).toEqual(marked)
})

test('unaccompanied now or last year passes', () => {
  expect(check({}, { Header: { UASC: '1' } })).toEqual([])
  expect(check({}, { lastYear: { Header: { UASC: '1' } } })).toEqual([])
  expect(check({}, { lastYear: { Header: { UASC: '0' } } })).toEqual(marked)
})
