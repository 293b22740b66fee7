import { expect, test } from 'vitest'
import { child903, findings, postcodes } from '../testing.ts'
import rule from './392c.ts'

const known = postcodes({ 'AA1 1AA': { authority: 'E10000030', east: 0, north: 0 } })
const check = (HOME_POST: string, PL_POST: string) =>
  findings(rule, child903({ Episodes: { HOME_POST, PL_POST } }), { postcodes: known })
const marked = ['Episodes 1 HOME_POST PL_POST']

test('one of the two is not in the list', () => {
  expect(check('AA1 1AA', 'AA1 1AA')).toEqual([])
  expect(check('ZZ1 1ZZ', 'AA1 1AA')).toEqual(marked)
  expect(check('AA1 1AA', 'ZZ1 1ZZ')).toEqual(marked)
})

test('spaces and letter case do not matter', () => {
  expect(check('AA11AA', 'aa1  1aa')).toEqual([])
})

test('blanks pass', () => {
  expect(check('', '')).toEqual([])
  expect(check('', 'ZZ1 1ZZ')).toEqual(marked)
})
