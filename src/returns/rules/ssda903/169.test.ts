import { expect, test } from 'vitest'
import { child903, findings, postcodes } from '../testing.ts'
import rule from './169.ts'

const known = postcodes({ 'AA1 1AA': { authority: 'WAL', east: 0, north: 0 } })
const check = (PL_POST: string, LS = 'C2') =>
  findings(rule, child903({ Episodes: { PL_POST, LS } }), { postcodes: known })
const marked = ['Episodes 1 PL_LA']

test('the postcode is missing or not known', () => {
  expect(check('')).toEqual(marked)
  expect(check('ZZ1 1ZZ')).toEqual(marked)
  expect(check('AA11AA')).toEqual([])
})

test('short breaks are not asked, a blank legal status is', () => {
  expect(check('', 'V3')).toEqual([])
  expect(check('', 'V4')).toEqual([])
  expect(check('', '')).toEqual(marked)
})
