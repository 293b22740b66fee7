import { expect, test } from 'vitest'
import { child903, findings, postcodes, providers } from '../testing.ts'
import rule from './229.ts'

const given = {
  authority: 'E10000030',
  postcodes: postcodes({
    'AA1 1AA': { authority: 'E10000030', east: 0, north: 0 },
    'BB1 1BB': { authority: 'E09000001', east: 0, north: 0 },
  }),
  providers: providers({
    SC111111: { postcode: 'AA1 1AA' },
    SC222222: { postcode: 'BB1 1BB' },
    SC333333: { postcode: 'ZZ1 1ZZ' },
    SC444444: {},
  }),
}
const check = (PLACE_PROVIDER: string, URN: string) =>
  findings(rule, child903({ Episodes: { PLACE_PROVIDER, URN } }), given)
const marked = ['Episodes 1 URN PLACE_PROVIDER']

test('own provision that lies elsewhere, or nobody knows where', () => {
  expect(check('PR1', 'SC111111')).toEqual([])
  for (const urn of ['SC222222', 'SC333333', 'SC444444', 'SC999999'])
    expect(check('PR1', urn)).toEqual(marked)
})

test('another authority’s that lies in this one', () => {
  expect(check('PR2', 'SC111111')).toEqual(marked)
  for (const urn of ['SC222222', 'SC333333', 'SC444444', 'SC999999']) expect(check('PR2', urn)).toEqual([])
})

test('other providers, seven Xs and no URN pass', () => {
  expect(check('PR4', 'SC222222')).toEqual([])
  expect(check('', 'SC222222')).toEqual([])
  expect(check('PR1', 'XXXXXXX')).toEqual([])
  expect(check('PR1', '')).toEqual([])
})
