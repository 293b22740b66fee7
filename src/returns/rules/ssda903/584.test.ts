import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './584.ts'

const ended = { DATE_PLACED: '01/06/2024', DATE_PLACED_CEASED: '01/12/2024', REASON_PLACED_CEASED: 'RD1' }
const check = (DATE_PLACED: string, before: Record<string, string> | Record<string, string>[] = ended) =>
  findings(rule, child903({ PlacedAdoption: { DATE_PLACED }, lastYear: { PlacedAdoption: before } }))
const marked = ['PlacedAdoption 1 DATE_PLACED']

test('on or before the date of the plan that ended last year, or blank', () => {
  expect(check('01/06/2024')).toEqual(marked)
  expect(check('31/05/2024')).toEqual(marked)
  expect(check('')).toEqual(marked)
})

test('later passes, by real dates', () => {
  expect(check('02/06/2024')).toEqual([])
  expect(check('01/01/2025')).toEqual([])
})

test('a date or a reason is enough for an end', () => {
  expect(check('01/06/2024', { ...ended, REASON_PLACED_CEASED: '' })).toEqual(marked)
  expect(check('01/06/2024', { ...ended, DATE_PLACED_CEASED: '' })).toEqual(marked)
  expect(check('01/06/2024', { DATE_PLACED: '01/06/2024' })).toEqual([])
})

test('a plan of last year without a date is not looked at, one with a date that is none only for a blank', () => {
  expect(check('', { ...ended, DATE_PLACED: '' })).toEqual([])
  expect(check('', { ...ended, DATE_PLACED: '31/06/2024' })).toEqual(marked)
  expect(check('01/01/2020', { ...ended, DATE_PLACED: '31/06/2024' })).toEqual([])
})

test('a date that is none passes, and so does a child who had no plan', () => {
  expect(check('31/06/2024')).toEqual([])
  expect(findings(rule, child903({ PlacedAdoption: {} }))).toEqual([])
})

test('any of last year’s plans', () => {
  expect(check('01/05/2024', [{ DATE_PLACED: '01/06/2024' }, ended])).toEqual(marked)
})
