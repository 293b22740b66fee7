import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './502.ts'

type Rows = [DECOM: string, DEC?: string][]
const rows = (list: Rows) => list.map(([DECOM, DEC = '']) => ({ DECOM, DEC }))
const check = (before: Rows, now: Rows) =>
  findings(rule, child903({ Episodes: rows(now), lastYear: { Episodes: rows(before) } }))
const marked = ['Episodes 1 DECOM']

test('another start than the episode left open', () => {
  expect(check([['01/05/2024']], [['02/05/2024']])).toEqual(marked)
  expect(check([['01/05/2024']], [['01/05/2024']])).toEqual([])
})

test('an end that is no date leaves it open, a real one does not', () => {
  expect(check([['01/05/2024', '31/06/2024']], [['02/05/2025']])).toEqual(marked)
  expect(check([['01/05/2024', '30/06/2024']], [['02/05/2025']])).toEqual([])
})

test('only the latest episode of last year counts, and only the first of this year', () => {
  expect(check([['01/05/2024'], ['01/06/2024', '01/07/2024']], [['02/05/2025']])).toEqual([])
  expect(check([['01/06/2024'], ['01/05/2024']], [['01/08/2025'], ['01/06/2024']])).toEqual([])
  expect(check([['01/06/2024'], ['01/05/2024']], [['01/08/2025'], ['01/05/2024']])).toEqual([
    'Episodes 2 DECOM',
  ])
})

test('on a tie last year it is the one earlier in the file', () => {
  expect(check([['01/05/2024'], ['01/05/2024', '30/06/2024']], [['02/05/2025']])).toEqual(marked)
  expect(check([['01/05/2024', '30/06/2024'], ['01/05/2024']], [['02/05/2025']])).toEqual([])
})

test('episodes without a readable start are passed over', () => {
  expect(check([['01/05/2024'], ['']], [['31/06/2024'], ['01/05/2024']])).toEqual([])
  expect(check([['']], [['02/05/2025']])).toEqual([])
  expect(check([['01/05/2024']], [['']])).toEqual([])
})

test('a child in one of the years only passes', () => {
  expect(check([], [['02/05/2025']])).toEqual([])
  expect(check([['01/05/2024']], [])).toEqual([])
})
