import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './1014.ts'

type Row = Record<string, string>

const check = (Episodes: Row | [], { OC3 = { IN_TOUCH: 'YES' }, UASC = {}, marker = '1' } = {}) =>
  findings(rule, child903({ Header: { UASC: marker }, UASC, OC3: OC3 as Row, Episodes }))
const marked = ['UASC 1 DUC, OC3 1 IN_TOUCH ACTIV ACCOM']

test('no episode, or none in the year', () => {
  expect(check([])).toEqual(marked)
  expect(check({ DECOM: '01/01/2020', DEC: '31/03/2025' })).toEqual(marked)
  expect(check({ DECOM: '01/04/2026' })).toEqual(marked)
  expect(check({ DECOM: '', DEC: '01/05/2025' })).toEqual(marked)
})

test('in care on the first or the last day', () => {
  expect(check({ DECOM: '01/01/2020', DEC: '01/04/2025' })).toEqual([])
  expect(check({ DECOM: '31/03/2026', DEC: '' })).toEqual([])
})

test.each(['IN_TOUCH', 'ACTIV', 'ACCOM'])('%s is enough', (field) => {
  expect(check([], { OC3: { [field]: '0' } as never })).toEqual(marked)
})

test('no care leaver details, or nothing about being unaccompanied', () => {
  expect(check([], { OC3: {} as never })).toEqual([])
  expect(findings(rule, child903({ OC3: { IN_TOUCH: 'YES' } }))).toEqual([])
})

test('marked 0, as every child is in XML', () => {
  expect(check([], { marker: '0' })).toEqual([])
  expect(check([], { marker: '0', UASC: { DUC: '01/05/2025' } })).toEqual(marked)
  expect(check([], { marker: '' })).toEqual(marked)
})
