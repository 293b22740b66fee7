import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './205A.ts'

const check = (endBefore: string, { end = '', before = '1', now = '0', rows = true } = {}) =>
  findings(
    rule,
    child903({
      Header: { UASC: now },
      UASC: rows ? { DUC: end } : [],
      lastYear: { Header: { UASC: before }, UASC: { DUC: endBefore } },
    }),
  )
const marked = ['UASC 1 CHILD, Header 1 CHILD UASC']

test('ended last year, on its first or its last day', () => {
  expect(check('31/03/2024')).toEqual(marked)
  expect(check('01/04/2024')).toEqual([])
  expect(check('31/03/2025')).toEqual([])
  expect(check('01/04/2025')).toEqual(marked)
})

test('no end last year, or an unreadable one', () => {
  expect(check('')).toEqual(marked)
  expect(check('31/04/2024')).toEqual([])
})

test('an end this year, readable or not', () => {
  expect(check('01/05/2024', { end: '01/05/2024' })).toEqual(marked)
  expect(check('01/05/2024', { end: '31/04/2024' })).toEqual(marked)
})

test.each([
  ['0', '0'],
  ['', '0'],
  ['1', '1'],
])('marked "%s" last year and "%s" this year passes', (before, now) => {
  expect(check('', { before, now })).toEqual([])
})

test.each(['', '2'])('not marked 1 this year but "%s"', (now) => {
  expect(check('', { now })).toEqual(marked)
})

test('a child who is no longer in the UASC table', () => {
  expect(check('', { rows: false })).toEqual(['Header 1 CHILD UASC'])
  expect(check('01/05/2024', { rows: false })).toEqual([])
})

test('last year’s marker without a row in the UASC table has no end', () => {
  const child = child903({ Header: { UASC: '0' }, lastYear: { Header: { UASC: '1' } } })
  expect(findings(rule, child)).toEqual(['Header 1 CHILD UASC'])
})

test('a child who is not in this year’s return at all', () => {
  const lastYear = { Header: { UASC: '1' }, UASC: {} }
  expect(findings(rule, child903({ Header: [], lastYear }))).toEqual([])
})

test('without the Header table the UASC table tells', () => {
  const child = child903({ Header: [], UASC: {}, lastYear: { Header: [], UASC: { DUC: '01/05/2025' } } })
  expect(findings(rule, child, { tables: new Set(['UASC', 'UASC_last']) })).toEqual(['UASC 1 CHILD'])
})
