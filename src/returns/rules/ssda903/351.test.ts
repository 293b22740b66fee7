import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './351.ts'

const check = (DOB: string) => findings(rule, child903({ Header: { DOB } }))

test('25 before the first day, not on it', () => {
  expect(check('31/03/2000')).toEqual(['Header 1 DOB'])
  expect(check('01/04/2000')).toEqual([])
})

test('blank and unreadable pass', () => {
  expect(check('')).toEqual([])
  expect(check('32/03/1990')).toEqual([])
})
