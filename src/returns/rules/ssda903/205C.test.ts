import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './205C.ts'

const check = (endBefore: string, end: string, before = '0', now = '0') =>
  findings(
    rule,
    child903({
      Header: { UASC: now },
      UASC: { DUC: end },
      lastYear: { Header: { UASC: before }, UASC: { DUC: endBefore } },
    }),
  )
const marked = ['UASC 1 DUC, Header 1 UASC']

test('an end in either year, readable or not', () => {
  expect(check('', '01/05/2025')).toEqual(marked)
  expect(check('01/05/2024', '')).toEqual(marked)
  expect(check('', '32/05/2025')).toEqual(marked)
  expect(check('32/05/2024', '')).toEqual(marked)
  expect(check('', '')).toEqual([])
})

test.each([
  ['0', ''],
  ['', '0'],
  ['', ''],
])('marked "%s" last year and "%s" this year', (before, now) => {
  expect(check('', '01/05/2025', before, now)).toEqual(marked)
})

test.each([
  ['1', '0'],
  ['0', '1'],
  ['1', '1'],
  ['2', '0'],
  ['0', '2'],
])('marked "%s" last year and "%s" this year passes', (before, now) => {
  expect(check('', '01/05/2025', before, now)).toEqual([])
})

test('of a child who is in no Header the marker is blank', () => {
  expect(findings(rule, child903({ Header: [], UASC: { DUC: '01/05/2025' } }))).toEqual(['UASC 1 DUC'])
})

test('without the Header tables the UASC tables tell', () => {
  const tables = new Set(['UASC', 'UASC_last'])
  expect(findings(rule, child903({ Header: [], UASC: { DUC: '01/05/2025' } }), { tables })).toEqual([])
})

test('last year’s end of a child who is not in this year’s return, or only in its Header', () => {
  const lastYear = { Header: { UASC: '0' }, UASC: { DUC: '01/05/2024' } }
  expect(findings(rule, child903({ Header: [], lastYear }))).toEqual([])
  expect(findings(rule, child903({ Header: { UASC: '0' }, lastYear }))).toEqual(['Header 1 UASC'])
})
