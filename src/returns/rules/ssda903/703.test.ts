import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './703.ts'

const check = (DOLO_START: string) => findings(rule, child903({ DoLo: { DOLO_START } }), { year: '2026-27' })

test('after the last day, not on it', () => {
  expect(check('01/04/2027')).toEqual(['DoLo 1 DOLO_START'])
  expect(check('31/03/2027')).toEqual([])
})

test('long before, blank and unreadable pass', () => {
  expect(check('01/04/2020')).toEqual([])
  expect(check('')).toEqual([])
  expect(check('31/04/2027')).toEqual([])
})
