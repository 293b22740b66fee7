import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './704.ts'

const check = (DOLO_END: string) => findings(rule, child903({ DoLo: { DOLO_END } }), { year: '2026-27' })

test('before the first day or after the last, not on them', () => {
  expect(check('31/03/2026')).toEqual(['DoLo 1 DOLO_END'])
  expect(check('01/04/2026')).toEqual([])
  expect(check('31/03/2027')).toEqual([])
  expect(check('01/04/2027')).toHaveLength(1)
})

test('blank and unreadable pass', () => {
  expect(check('')).toEqual([])
  expect(check('31/04/2026')).toEqual([])
})
