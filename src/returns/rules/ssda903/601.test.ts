import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './601.ts'

const complete = {
  DATE_INT: '01/05/2024',
  DATE_MATCH: '01/08/2024',
  FOSTER_CARE: '0',
  NB_ADOPTR: '2',
  SEX_ADOPTR: 'MF',
  LS_ADOPTR: 'L11',
}
const check = (AD1: Record<string, string> | Record<string, string>[], DEC = '01/09/2025', REC = 'E11') =>
  findings(rule, child903({ Episodes: { DEC, REC }, AD1 }))
const six = 'DATE_INT DATE_MATCH FOSTER_CARE NB_ADOPTR SEX_ADOPTR LS_ADOPTR'

test.each(six.split(' '))('%s is blank', (field) => {
  expect(check({ ...complete, [field]: '' })).toEqual([`Episodes 1 REC, AD1 1 ${six}`])
})

test('all six are there', () => {
  expect(check(complete)).toEqual([])
  expect(check({ ...complete, DATE_INT: '31/04/2024' })).toEqual([])
})

test('no row of adoption details', () => {
  expect(check([])).toEqual(['Episodes 1 REC'])
})

test('one of several rows is incomplete', () => {
  expect(check([complete, { ...complete, NB_ADOPTR: '' }])).toEqual([`Episodes 1 REC, AD1 2 ${six}`])
})

test('adopted from the first to the last day of the year', () => {
  expect(check([], '01/04/2025')).toHaveLength(1)
  expect(check([], '31/03/2026', 'E12')).toHaveLength(1)
  expect(check([], '31/03/2025')).toEqual([])
  expect(check([], '01/04/2026')).toEqual([])
})

test('without a readable end, or not adopted', () => {
  expect(check([], '')).toEqual([])
  expect(check([], '31/09/2025')).toEqual([])
  expect(check([], '01/09/2025', 'X1')).toEqual([])
})
