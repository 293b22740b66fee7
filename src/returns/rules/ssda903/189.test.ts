import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './189.ts'

const check = (DOB: string, oc2: Record<string, string> = { SDQ_SCORE: '0' }, year = '2025-26') =>
  findings(rule, child903({ OC2: { DOB, ...oc2 } }), { year })
const marked = ['OC2 1 DOB SDQ_SCORE SDQ_REASON']

test('17 before the first day, not on it', () => {
  expect(check('31/03/2008')).toEqual(marked)
  expect(check('01/04/2008')).toEqual([])
  expect(check('01/04/2008', undefined, '2026-27')).toEqual(marked)
})

test('a reason for no score is enough', () => {
  expect(check('31/03/2008', { SDQ_REASON: 'SDQ1' })).toEqual(marked)
  expect(check('31/03/2008', {})).toEqual([])
})

test('no date of birth', () => {
  expect(check('')).toEqual([])
  expect(check('32/03/2008')).toEqual([])
})
