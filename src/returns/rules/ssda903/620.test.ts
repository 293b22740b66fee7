import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './620.ts'

const check = (DOB: string, MOTHER = '1', year = '2025-26') =>
  findings(rule, child903({ Header: { DOB, MOTHER } }), { year })

test('11 after the first day, not on it', () => {
  expect(check('02/04/2014')).toEqual(['Header 1 DOB MOTHER'])
  expect(check('01/04/2014')).toEqual([])
})

test('born on 29 February: 11 on 28 February', () => {
  expect(check('29/02/2012', '1', '2022-23')).toHaveLength(1)
  expect(check('29/02/2012', '1', '2023-24')).toEqual([])
})

test('not a mother, or no readable date of birth', () => {
  expect(check('02/04/2014', '0')).toEqual([])
  expect(check('02/04/2014', '')).toEqual([])
  expect(check('')).toEqual([])
  expect(check('31/04/2014')).toEqual([])
})
