import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './503D.ts'

type Rows = Record<string, string>[]
const check = (before: Rows, now: Rows, year = '2025-26') =>
  findings(rule, child903({ Episodes: now, lastYear: { Episodes: before } }), { year })
const open = { DECOM: '01/05/2022' }
const marked = ['Episodes 1 PLACE']

test('another placement type than in the episode left open', () => {
  expect(check([{ ...open, PLACE: 'U1' }], [{ ...open, PLACE: 'U2' }])).toEqual(marked)
  expect(check([{ ...open, PLACE: 'U1' }], [{ ...open, PLACE: 'U1' }])).toEqual([])
})

test('two blanks are the same; a blank and a value differ', () => {
  expect(check([open], [open])).toEqual([])
  expect(check([{ ...open, PLACE: 'U1' }], [open])).toEqual(marked)
  expect(check([open], [{ ...open, PLACE: 'U1' }])).toEqual(marked)
})

const years = ['2022-23', '2023-24', '2024-25', '2025-26', '2026-27']
const passes = (was: string, is: string) =>
  years.filter((year) => check([{ ...open, PLACE: was }], [{ ...open, PLACE: is }], year).length === 0)

test('H5 may become K3 in 2024-25 alone', () => {
  expect(passes('H5', 'K3')).toEqual(['2024-25'])
  expect(passes('K3', 'H5')).toEqual([])
  expect(passes('H5', 'K2')).toEqual([])
  expect(passes('U1', 'K3')).toEqual([])
})

test.each(['Z11', 'Z12', 'Z13', 'Z14'])('Z1 may become %s in 2025-26 alone', (PLACE) => {
  expect(passes('Z1', PLACE)).toEqual(['2025-26'])
  expect(passes(PLACE, 'Z1')).toEqual([])
})

test('an end that is no date leaves it open, a real one does not', () => {
  expect(check([{ ...open, DEC: '31/06/2024', PLACE: 'U1' }], [open])).toEqual(marked)
  expect(check([{ ...open, DEC: '30/06/2024', PLACE: 'U1' }], [open])).toEqual([])
})

test('this year’s first and last year’s latest are told by their start, on a tie by the file', () => {
  const [u1, u2] = [
    { ...open, PLACE: 'U1' },
    { ...open, PLACE: 'U2' },
  ]
  expect(check([{ ...u2, DECOM: '01/06/2022' }, u1], [{ ...u2, DECOM: '01/08/2025' }, u1])).toEqual([
    'Episodes 2 PLACE',
  ])
  expect(check([u1, u2], [u1, u2])).toEqual([])
  expect(check([u2, u1], [u1, u2])).toEqual(marked)
})

test('a child in one of the years only passes', () => {
  expect(check([], [{ ...open, PLACE: 'U1' }])).toEqual([])
  expect(check([{ ...open, PLACE: 'U1' }], [])).toEqual([])
})
