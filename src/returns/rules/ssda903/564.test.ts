import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './564.ts'

const check = (MISSING: string, MIS_START: string) =>
  findings(rule, child903({ Missing: { MISSING, MIS_START } }))

test.each(['M', 'A'])('%s without a beginning', (type) => {
  expect(check(type, '')).toEqual(['Missing 1 MISSING MIS_START'])
  expect(check(type, '01/05/2025')).toEqual([])
})

test('a date that is none is filled in', () => {
  expect(check('M', '31/06/2025')).toEqual([])
})

test('another code and a blank pass', () => {
  expect(check('X', '')).toEqual([])
  expect(check('', '')).toEqual([])
})
