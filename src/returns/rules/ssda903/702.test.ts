import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './702.ts'

const check = (DOLO_START: string, DOLO_END: string) =>
  findings(rule, child903({ DoLo: { DOLO_START, DOLO_END } }), { year: '2026-27' })

test('ends before it began, or on the same day, not the day after', () => {
  expect(check('10/06/2026', '09/06/2026')).toEqual(['DoLo 1 DOLO_START DOLO_END'])
  expect(check('10/06/2026', '10/06/2026')).toHaveLength(1)
  expect(check('10/06/2026', '11/06/2026')).toEqual([])
})

test('blank and unreadable pass', () => {
  expect(check('10/06/2026', '')).toEqual([])
  expect(check('', '')).toEqual([])
  expect(check('', '09/06/2026')).toEqual([])
  expect(check('10/06/2026', '31/04/2026')).toEqual([])
})
