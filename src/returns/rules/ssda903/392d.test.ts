import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './392d.ts'

const check = (HOME_POST: string, PL_POST: string, PLACE = 'U1') =>
  findings(rule, child903({ Episodes: { HOME_POST, PL_POST, PLACE } }))
const marked = ['Episodes 1 HOME_POST PL_POST PLACE']

test('the same postcode', () => {
  expect(check('AA1 1AA', 'AA1 1AA')).toEqual(marked)
  expect(check('AA1 1AA', 'AA1 1AA', '')).toEqual(marked)
  expect(check('AA1 1AA', 'AA1 1AB')).toEqual([])
  expect(check('AA1 1AA', 'AA11 1AA')).toEqual([])
})

test('however it is spaced', () => {
  expect(check('AA1 1AA', 'AA11AA')).toEqual(marked)
  expect(check('A A1  1AA', 'AA1 1AA')).toEqual(marked)
})

test('placed with parents', () => {
  expect(check('AA1 1AA', 'AA1 1AA', 'P1')).toEqual([])
})

test('blanks are not the same', () => {
  expect(check('', '')).toEqual([])
  expect(check('AA1 1AA', '')).toEqual([])
})
