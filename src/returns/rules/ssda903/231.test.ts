import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './231.ts'

const check = (DOB: string, UASC = '1') => findings(rule, child903({ Header: { DOB, UASC } }))

test('11 on the last day passes, the day after does not', () => {
  expect(check('31/03/2015')).toEqual([])
  expect(check('01/04/2015')).toEqual(['Header 1 DOB UASC'])
})

test('only of those marked, and only with a date of birth', () => {
  expect(check('01/04/2020', '0')).toEqual([])
  expect(check('01/04/2020', '')).toEqual([])
  expect(check('')).toEqual([])
  expect(check('31/04/2020')).toEqual([])
})
