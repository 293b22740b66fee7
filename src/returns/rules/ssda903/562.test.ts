import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './562.ts'

const rows = (list: string[]) => ({ Episodes: list.map((DECOM) => ({ DECOM })) })
const check = (before: string[], now: string[]) =>
  findings(rule, child903({ ...rows(now), lastYear: rows(before) }))
const marked = ['Episodes 1 DECOM']

test('another start than last year’s last episode', () => {
  expect(check(['01/05/2024'], ['02/05/2024'])).toEqual(marked)
  expect(check(['01/05/2024'], ['01/05/2024'])).toEqual([])
})

test('begun before 1 April', () => {
  expect(check(['01/05/2024'], ['31/03/2025'])).toEqual(marked)
  expect(check(['01/05/2024'], ['01/04/2025'])).toEqual([])
})

test('this year the first, last year the last, by start', () => {
  expect(check(['01/06/2024', '01/05/2024'], ['01/07/2024', '01/06/2024'])).toEqual([])
  expect(check(['01/06/2024', '01/05/2024'], ['01/07/2024', '01/05/2024'])).toEqual(['Episodes 2 DECOM'])
})

test('on a tie the first in the file', () => {
  expect(check(['01/05/2024'], ['02/05/2024', '02/05/2024'])).toEqual(marked)
})

test('not in last year’s return, or without a readable start in it', () => {
  expect(check([], ['01/05/2024'])).toEqual(marked)
  expect(check(['', '31/06/2024'], ['01/05/2024'])).toEqual(marked)
})

test('episodes without a readable start are passed over', () => {
  expect(check(['01/05/2024'], ['', '31/06/2024'])).toEqual([])
  expect(check(['01/05/2024'], [])).toEqual([])
})

test('whether last year’s episode had ended does not matter', () => {
  const lastYear = { Episodes: { DECOM: '01/05/2024', DEC: '01/06/2024' } }
  expect(findings(rule, child903({ ...rows(['02/05/2024']), lastYear }))).toEqual(marked)
  expect(findings(rule, child903({ ...rows(['01/05/2024']), lastYear }))).toEqual([])
})
