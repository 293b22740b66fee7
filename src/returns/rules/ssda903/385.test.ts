import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './385.ts'

const check = (DEC: string) => findings(rule, child903({ Episodes: { DEC } }))

test('after the last day, not on it', () => {
  expect(check('01/04/2026')).toEqual(['Episodes 1 DEC'])
  expect(check('31/03/2026')).toEqual([])
})

test('blank and unreadable pass', () => {
  expect(check('')).toEqual([])
  expect(check('31/04/2026')).toEqual([])
})
