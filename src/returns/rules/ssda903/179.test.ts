import { expect, test } from 'vitest'
import { child903, findings, postcodes } from '../testing.ts'
import rule from './179.ts'

const given = {
  authority: 'E10000030',
  postcodes: postcodes({
    'AA1 1AA': { authority: 'E10000030', east: 0, north: 0 },
    'BB1 1BB': { authority: 'SCO', east: 0, north: 0 },
  }),
}
const check = (PL_POST: string, LS = 'C2') => findings(rule, child903({ Episodes: { PL_POST, LS } }), given)
const marked = ['Episodes 1 PL_LOCATION']

test('the postcode is missing or not known', () => {
  expect(check('')).toEqual(marked)
  expect(check('ZZ1 1ZZ')).toEqual(marked)
})

test('inside or outside', () => {
  expect(check('AA1 1AA')).toEqual([])
  expect(check('BB1 1BB')).toEqual([])
})

test('short breaks are not asked, a blank legal status is', () => {
  expect(check('', 'V3')).toEqual([])
  expect(check('', 'V4')).toEqual([])
  expect(check('', '')).toEqual(marked)
})
