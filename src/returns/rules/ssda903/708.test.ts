import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './708.ts'

const check = (DOLO_START: string, DOB = '14/05/2012') =>
  findings(rule, child903({ Header: { DOB: '01/01/2000' }, DoLo: { DOLO_START, DOB } }), { year: '2026-27' })

test('before the birth or on its day, not the day after', () => {
  expect(check('13/05/2012')).toEqual(['DoLo 1 DOLO_START'])
  expect(check('14/05/2012')).toHaveLength(1)
  expect(check('15/05/2012')).toEqual([])
})

test('blank and unreadable pass', () => {
  expect(check('')).toEqual([])
  expect(check('31/04/2012')).toEqual([])
  expect(check('13/05/2012', '')).toEqual([])
  expect(check('13/05/2012', '32/05/2012')).toEqual([])
})
