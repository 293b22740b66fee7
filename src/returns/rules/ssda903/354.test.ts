import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './354.ts'

const check = (DECOM: string, DEC = '') => findings(rule, child903({ Episodes: { DECOM, DEC } }))

test('after the last day, not on it', () => {
  expect(check('01/04/2026')).toEqual(['Episodes 1 DECOM'])
  expect(check('31/03/2026')).toEqual([])
})

test('blank and unreadable pass, and the end is not looked at', () => {
  expect(check('')).toEqual([])
  expect(check('31/04/2026')).toEqual([])
  expect(check('31/03/2026', '01/04/2026')).toEqual([])
})
