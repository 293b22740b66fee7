import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './233.ts'

const check = (DEC: string, REASON_PLACE_CHANGE: string) =>
  findings(rule, child903({ Episodes: { DEC, REASON_PLACE_CHANGE } }))

test('a reason on an open episode', () => {
  expect(check('', 'CARPL')).toEqual(['Episodes 1 REASON_PLACE_CHANGE'])
})

test('ended, or without a reason', () => {
  expect(check('01/06/2025', 'CARPL')).toEqual([])
  expect(check('', '')).toEqual([])
})

test('an unreadable end is not blank', () => {
  expect(check('31/06/2025', 'CARPL')).toEqual([])
})
