import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './626.ts'

const check = (MC_DOB: string, before = '0', now = '1') =>
  findings(rule, child903({ Header: { MOTHER: now, MC_DOB }, lastYear: { Header: { MOTHER: before } } }))

test('born before the first day, not on it', () => {
  expect(check('31/03/2025')).toEqual(['Header 1 MOTHER MC_DOB'])
  expect(check('01/04/2025')).toEqual([])
})

test('a mother last year already, or not said then', () => {
  expect(check('31/03/2025', '1')).toEqual([])
  expect(check('31/03/2025', '')).toEqual([])
  expect(findings(rule, child903({ Header: { MOTHER: '1', MC_DOB: '31/03/2025' } }))).toEqual([])
})

test('no mother this year, or no readable date', () => {
  expect(check('31/03/2025', '0', '0')).toEqual([])
  expect(check('31/03/2025', '0', '')).toEqual([])
  expect(check('')).toEqual([])
  expect(check('31/02/2025')).toEqual([])
})
