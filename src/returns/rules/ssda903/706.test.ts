import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './706.ts'

type Order = [DOLO_START: string, DOLO_END?: string]
const rows = (orders: Order[]) => orders.map(([DOLO_START, DOLO_END = '']) => ({ DOLO_START, DOLO_END }))
const check = (before: Order[], now: Order[]) =>
  findings(rule, child903({ DoLo: rows(now), lastYear: { DoLo: rows(before) } }), { year: '2026-27' })

test('another start, or none that is a date', () => {
  expect(check([['01/02/2026']], [['02/02/2026']])).toEqual(['DoLo 1 DOLO_START'])
  expect(check([['01/02/2026']], [['']])).toEqual(['DoLo 1 DOLO_START'])
  expect(check([['01/02/2026']], [['01/02/2026', '01/05/2026']])).toEqual([])
})

test('no order this year: the child is told', () => {
  expect(check([['01/02/2026']], [])).toEqual(['Header 1 CHILD'])
})

test('ended last year, also on no real date', () => {
  expect(check([['01/02/2026', '01/03/2026']], [['01/05/2026']])).toEqual([])
  expect(check([['01/02/2026', '31/02/2026']], [])).toEqual([])
})

test('the latest of last year counts, on a tie the first in the file', () => {
  expect(check([['01/02/2026'], ['01/12/2025', '01/01/2026']], [])).toHaveLength(1)
  expect(check([['01/12/2025'], ['01/02/2026', '01/03/2026']], [])).toEqual([])
  expect(check([['01/02/2026'], ['01/02/2026', '01/03/2026']], [])).toHaveLength(1)
  expect(check([['01/02/2026', '01/03/2026'], ['01/02/2026']], [])).toEqual([])
})

test('the first of this year counts', () => {
  expect(check([['01/02/2026']], [['01/05/2026'], ['01/02/2026', '01/05/2026']])).toEqual([])
  expect(check([['01/02/2026']], [['01/02/2026', '01/05/2026'], ['01/01/2026']])).toEqual([
    'DoLo 2 DOLO_START',
  ])
})

test('without a start last year, or without an order then, it passes', () => {
  expect(check([['']], [])).toEqual([])
  expect(check([['31/02/2026']], [])).toEqual([])
  expect(check([], [['01/05/2026']])).toEqual([])
})
