import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './553.ts'

type Rows = Record<string, string>[]
const check = (Episodes: Rows, PlacedAdoption: Rows) => findings(rule, child903({ Episodes, PlacedAdoption }))
const order = { LS: 'E1' }
const ended = { DATE_PLACED: '01/05/2025', DATE_PLACED_CEASED: '01/06/2025' }
const marked = 'CHILD DATE_PLACED DATE_PLACED_CEASED REASON_PLACED_CEASED'

test('no plan at all, whether the episode is open or not', () => {
  expect(check([order, { LS: 'C2' }, { ...order, DEC: '01/06/2025' }], [])).toEqual([
    'Episodes 1 CHILD',
    'Episodes 3 CHILD',
  ])
  expect(check([order], [{}])).toEqual([])
})

test('a plan with an end or a reason for it, readable or not', () => {
  expect(check([order], [ended])).toEqual([`PlacedAdoption 1 ${marked}`])
  expect(check([order], [{ DATE_PLACED_CEASED: '31/06/2025' }])).toHaveLength(1)
  expect(check([order], [{ REASON_PLACED_CEASED: 'RD1' }])).toHaveLength(1)
  expect(check([{ LS: 'C2' }, order], [ended])).toHaveLength(1)
})

test('each plan that has ended, once', () => {
  expect(check([order, order], [ended, {}, ended])).toEqual([
    `PlacedAdoption 1 ${marked}`,
    `PlacedAdoption 3 ${marked}`,
  ])
})

test('the plan may have ended when no open episode is under the order', () => {
  expect(check([{ ...order, DEC: '01/06/2025' }], [ended])).toEqual([])
  expect(check([{ ...order, DEC: '31/06/2025' }], [ended])).toEqual([])
  expect(check([{ ...order, DEC: '01/06/2025' }, { LS: 'C2' }], [ended])).toEqual([])
})

test('other legal statuses pass', () => {
  for (const LS of ['D1', 'C2', '']) {
    expect(check([{ LS }], [])).toEqual([])
    expect(check([{ LS }], [ended])).toEqual([])
  }
})
