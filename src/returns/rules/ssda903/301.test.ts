import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './301.ts'

const check = (DOB: string) => findings(rule, child903({ Header: { DOB } }))

test('after the last day, not on it', () => {
  expect(check('01/04/2026')).toEqual(['Header 1 DOB'])
  expect(check('31/03/2026')).toEqual([])
})

test('blank and unreadable pass', () => {
  expect(check('')).toEqual([])
  expect(check('31/04/2026')).toEqual([])
})
