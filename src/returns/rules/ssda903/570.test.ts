import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './570.ts'

const check = (MIS_START: string) => findings(rule, child903({ Missing: { MIS_START } }))

test('after the last day, not on it', () => {
  expect(check('01/04/2026')).toEqual(['Missing 1 MIS_START'])
  expect(check('31/03/2026')).toEqual([])
  expect(check('31/03/2025')).toEqual([])
})

test('blank and unreadable pass', () => {
  expect(check('')).toEqual([])
  expect(check('31/04/2026')).toEqual([])
})
