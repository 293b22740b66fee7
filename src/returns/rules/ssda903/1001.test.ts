import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './1001.ts'

type Rows = Record<string, string> | Record<string, string>[]

const check = (DOB: string, Episodes: Rows, before: Rows = []) =>
  findings(rule, child903({ Header: { DOB }, OC3: {}, Episodes, lastYear: { Episodes: before } }))
const marked = ['OC3 1 IN_TOUCH ACTIV ACCOM']

test('91 days from 14 on, of which one from 16 on', () => {
  expect(check('01/06/2009', { DECOM: '03/03/2025', DEC: '02/06/2025' })).toEqual([])
  expect(check('01/06/2009', { DECOM: '04/03/2025', DEC: '02/06/2025' })).toEqual(marked)
  expect(check('01/06/2009', { DECOM: '01/01/2024', DEC: '01/06/2025' })).toEqual(marked)
})

test('days before 14 do not count', () => {
  const after = (DEC: string) => [
    { DECOM: '01/01/2015', DEC: '30/08/2023' },
    { DECOM: '01/06/2025', DEC },
  ]
  expect(check('01/06/2009', after('02/06/2025'))).toEqual([])
  expect(check('01/06/2009', [{ DECOM: '01/01/2015', DEC: '29/08/2023' }, after('02/06/2025')[1]!])).toEqual(
    marked,
  )
})

test('the days of both years are added up, and an episode in both counts once, as it ended first', () => {
  const before = { DECOM: '01/03/2025', DEC: '31/03/2025' }
  const now = { DECOM: '01/06/2025', DEC: '01/08/2025' }
  expect(check('01/06/2009', now, before)).toEqual([])
  expect(check('01/06/2009', { ...now, DEC: '31/07/2025' }, before)).toEqual(marked)
  const [open, ended] = [
    { DECOM: '01/03/2025', DEC: '' },
    { DECOM: '01/03/2025', DEC: '02/06/2025' },
  ]
  expect(check('01/06/2009', [ended, { DECOM: '02/06/2025', DEC: '' }], open)).toEqual([])
  expect(check('02/06/2009', ended, open)).toEqual(marked)
  expect(check('02/06/2009', open, ended)).toEqual(marked)
  expect(check('02/06/2009', { ...ended, DEC: '03/06/2025' }, ended)).toEqual(marked)
  const unreadable = { ...ended, DEC: '32/06/2025' }
  expect(check('01/06/2009', unreadable, ended)).toEqual([])
  expect(check('01/06/2009', ended, unreadable)).toEqual([])
  expect(check('01/06/2009', open, unreadable)).toEqual(marked)
})

test('of two that ended alike, or are both open, this year’s counts', () => {
  for (const DEC of ['02/06/2025', '']) {
    const [inCare, shortBreak] = ['C2', 'V4'].map((LS) => ({ DECOM: '01/03/2025', DEC, LS }))
    expect(check('01/06/2009', inCare!, shortBreak)).toEqual([])
    expect(check('01/06/2009', shortBreak!, inCare)).toEqual(marked)
  }
})

test('the latest episode goes on until the last day when it is open, an earlier one does not count', () => {
  expect(check('30/03/2010', { DECOM: '30/12/2025', DEC: '' })).toEqual([])
  expect(check('30/03/2010', { DECOM: '31/12/2025', DEC: '' })).toEqual(marked)
  expect(
    check('01/06/2009', [
      { DECOM: '01/01/2020', DEC: '' },
      { DECOM: '01/01/2026', DEC: '02/01/2026' },
    ]),
  ).toEqual(marked)
})

test('short breaks do not count, but may be the latest episode', () => {
  expect(check('01/06/2008', { DECOM: '01/01/2020', DEC: '', LS: 'V4' })).toEqual(marked)
  expect(
    check('01/06/2008', [
      { DECOM: '01/01/2020', DEC: '' },
      { DECOM: '01/06/2025', DEC: '', LS: 'V3' },
    ]),
  ).toEqual(marked)
  expect(check('01/06/2008', { DECOM: '01/01/2020', DEC: '', LS: '' })).toEqual([])
})

test('an episode without a readable start does not count', () => {
  expect(check('01/06/2008', { DECOM: '', DEC: '01/01/2026' })).toEqual(marked)
  expect(check('01/06/2008', { DECOM: '32/01/2020', DEC: '01/01/2026' })).toEqual(marked)
})

test('adopted in the end, at any age; adopted before does not matter', () => {
  const long = { DECOM: '01/01/2020', DEC: '01/06/2025' }
  expect(check('01/06/2008', { ...long, REC: 'E11' })).toEqual(marked)
  expect(check('01/06/2005', { ...long, REC: 'E12', LS: 'V3' })).toEqual(marked)
  expect(check('01/06/2008', { DECOM: '01/08/2025', DEC: '' }, { ...long, REC: 'E11' })).toEqual([])
})

test('days are not counted from the 20th birthday on', () => {
  expect(check('31/03/2006', [])).toEqual([])
  expect(check('01/04/2006', [])).toEqual(marked)
})

test('without a date of birth only someone who was never in care fails', () => {
  expect(check('', { DECOM: '01/03/2026', DEC: '02/03/2026' })).toEqual([])
  expect(check('31/02/2008', { DECOM: '01/03/2026', DEC: '02/03/2026' })).toEqual([])
  expect(check('31/02/2008', { DECOM: '01/03/2026', LS: 'V3' })).toEqual(marked)
  expect(check('', { DECOM: '32/03/2026' })).toEqual(marked)
  expect(check('', [])).toEqual(marked)
  expect(findings(rule, child903({ Header: [], OC3: {}, Episodes: {} }))).toEqual(marked)
})

test('born on 29 February', () => {
  const inBoth = (DEC: string) => [
    { DECOM: '01/01/2023', DEC: '01/05/2023' },
    { DECOM: '27/02/2024', DEC },
  ]
  expect(check('29/02/2008', inBoth('29/02/2024'))).toEqual(marked)
  expect(check('29/02/2008', inBoth('01/03/2024'))).toEqual([])
})
