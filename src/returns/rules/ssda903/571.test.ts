import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './571.ts'

const check = (MIS_END: string) => findings(rule, child903({ Missing: { MIS_END } }))

test('before the first day or after the last, not on them', () => {
  expect(check('31/03/2025')).toEqual(['Missing 1 MIS_END'])
  expect(check('01/04/2025')).toEqual([])
  expect(check('31/03/2026')).toEqual([])
  expect(check('01/04/2026')).toHaveLength(1)
})

test('blank and unreadable pass', () => {
  expect(check('')).toEqual([])
  expect(check('31/04/2026')).toEqual([])
})
