import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './205B.ts'

const check = (endBefore: string, end: string, { dob = '10/05/2010', before = '1', now = '1' } = {}) =>
  findings(
    rule,
    child903({
      Header: { UASC: now, DOB: '01/01/2010' },
      UASC: { DUC: end },
      lastYear: { Header: { UASC: before }, UASC: { DOB: dob, DUC: endBefore } },
    }),
  )
const marked = ['UASC 1 DUC, Header 1 UASC']
const at18 = '10/05/2028'

test('until 18, and the same this year', () => {
  expect(check(at18, at18)).toEqual([])
  expect(check(at18, '11/05/2028')).toEqual(marked)
  expect(check('09/05/2028', '09/05/2028')).toEqual(marked)
  expect(check('11/05/2028', '11/05/2028')).toEqual(marked)
})

test('ended this year, on its first or its last day', () => {
  expect(check(at18, '31/03/2025')).toEqual(marked)
  expect(check(at18, '01/04/2025')).toEqual([])
  expect(check(at18, '31/03/2026')).toEqual([])
  expect(check(at18, '01/04/2026')).toEqual(marked)
})

test('blank and unreadable ends do not fit', () => {
  expect(check('', at18)).toEqual(marked)
  expect(check(at18, '')).toEqual(marked)
  expect(check('', '')).toEqual(marked)
  expect(check('32/05/2028', '01/05/2025')).toEqual(marked)
  expect(check(at18, '32/05/2025')).toEqual(marked)
})

test('the date of birth is that of last year’s UASC table', () => {
  expect(check(at18, at18, { dob: '' })).toEqual(marked)
  expect(check('', '01/05/2025', { dob: '' })).toEqual(marked)
})

test('born on 29 February: 18 on 28 February', () => {
  expect(check('28/02/2026', '28/02/2026', { dob: '29/02/2008' })).toEqual([])
  expect(check('01/03/2026', '01/03/2026', { dob: '29/02/2008' })).toEqual(marked)
})

test.each([
  ['0', '1'],
  ['1', '0'],
  ['', '1'],
  ['1', ''],
])('marked "%s" last year and "%s" this year passes', (before, now) => {
  expect(check('', '', { before, now })).toEqual([])
})

test('marked without a row in the UASC table', () => {
  const child = child903({ Header: { UASC: '1' }, lastYear: { Header: { UASC: '1' } } })
  expect(findings(rule, child)).toEqual(['Header 1 UASC'])
})

test('without the Header table the UASC table tells', () => {
  const UASC = { SEX: 'M' }
  const child = child903({ Header: [], UASC, lastYear: { Header: [], UASC } })
  expect(findings(rule, child, { tables: new Set(['UASC', 'UASC_last']) })).toEqual(['UASC 1 DUC'])
  expect(findings(rule, child)).toEqual([])
})
