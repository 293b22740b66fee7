import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './611.ts'

const check = (MOTHER: string, MC_DOB: string) => findings(rule, child903({ Header: { MOTHER, MC_DOB } }))

test('a mother without her child’s date of birth', () => {
  expect(check('1', '')).toEqual(['Header 1 MOTHER MC_DOB'])
})

test('anything filled in passes, a real date or not', () => {
  expect(check('1', '01/09/2025')).toEqual([])
  expect(check('1', '31/09/2025')).toEqual([])
})

test('not a mother, or not said', () => {
  expect(check('0', '')).toEqual([])
  expect(check('', '')).toEqual([])
})
