import { expect, test } from 'vitest'
import { child903, findings, noDates } from '../testing.ts'
import rule from './104.ts'

const check = (DUC: string) => findings(rule, child903({ UASC: { DUC } }))
const marked = ['UASC 1 DUC']

test.each(noDates)('%s fails', (date) => {
  expect(check(date)).toEqual(marked)
})

test('before the first day, not on it or later', () => {
  expect(check('31/03/2025')).toEqual(marked)
  expect(check('01/04/2025')).toEqual([])
  expect(check('14/05/2030')).toEqual([])
})

test('blank', () => {
  expect(check('')).toEqual([])
})
