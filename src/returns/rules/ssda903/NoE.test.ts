import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './NoE.ts'

const check = (...starts: string[]) =>
  findings(rule, child903({ Episodes: starts.map((DECOM) => ({ DECOM })) }))

test('began before the first day, not on it', () => {
  expect(check('31/03/2025')).toEqual(['Episodes 1 DECOM'])
  expect(check('01/04/2025')).toEqual([])
})

test('every such episode is told', () => {
  expect(check('31/03/2025', '01/05/2025', '01/01/2020')).toEqual(['Episodes 3 DECOM', 'Episodes 1 DECOM'])
})

test('blank and unreadable pass', () => {
  expect(check('')).toEqual([])
  expect(check('30/02/2025')).toEqual([])
})

test('any episode last year is enough', () => {
  const known = { Episodes: { DECOM: '31/03/2025' }, lastYear: { Episodes: {} } }
  expect(findings(rule, child903(known))).toEqual([])
  const other = { Episodes: { DECOM: '31/03/2025' }, lastYear: { Header: {} } }
  expect(findings(rule, child903(other))).toHaveLength(1)
})
