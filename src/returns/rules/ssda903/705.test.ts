import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './705.ts'

const check = (...orders: [DOLO_START: string, DOLO_END: string][]) =>
  findings(rule, child903({ DoLo: orders.map(([DOLO_START, DOLO_END]) => ({ DOLO_START, DOLO_END })) }), {
    year: '2026-27',
  })
const marked = (row: number) => [`DoLo ${row} DOLO_START DOLO_END`]

test('begins before the one before ended, not on that day', () => {
  expect(check(['01/06/2026', '01/08/2026'], ['31/07/2026', '01/09/2026'])).toEqual(marked(2))
  expect(check(['01/06/2026', '01/08/2026'], ['01/08/2026', '01/09/2026'])).toEqual([])
})

test('the one before is open, or ends on no real date', () => {
  expect(check(['01/06/2026', ''], ['01/08/2026', '01/09/2026'])).toEqual(marked(2))
  expect(check(['01/06/2026', '31/06/2026'], ['01/08/2026', '01/09/2026'])).toEqual(marked(2))
  expect(check(['01/06/2026', '01/08/2026'], ['01/08/2026', ''])).toEqual([])
})

test('in order of the end, or of the start without one; then of the start', () => {
  expect(check(['04/01/2027', '04/01/2027'], ['03/01/2027', '06/01/2027'])).toEqual(marked(2))
  expect(check(['01/06/2026', '01/09/2026'], ['01/08/2026', ''])).toEqual(marked(1))
  expect(check(['01/09/2026', '01/09/2026'], ['01/06/2026', '01/09/2026'])).toEqual([])
})

test('an order without any date comes last, and is told when the one before is open', () => {
  expect(check(['', ''], ['01/06/2026', ''])).toEqual(marked(1))
  expect(check(['', ''], ['01/06/2026', '01/08/2026'])).toEqual([])
})

test('only with the one directly before; a single order passes', () => {
  expect(
    check(['01/06/2026', '01/07/2026'], ['01/07/2026', '01/08/2026'], ['15/06/2026', '01/07/2026']),
  ).toEqual(marked(3))
  expect(check(['01/06/2026', ''])).toEqual([])
})
