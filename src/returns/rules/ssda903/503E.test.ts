import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './503E.ts'

type Rows = Record<string, string>[]
const check = (before: Rows, now: Rows) =>
  findings(rule, child903({ Episodes: now, lastYear: { Episodes: before } }))
const open = { DECOM: '01/05/2024' }
const marked = ['Episodes 1 PLACE_PROVIDER']

test('another placement provider than in the episode left open', () => {
  expect(check([{ ...open, PLACE_PROVIDER: 'A' }], [{ ...open, PLACE_PROVIDER: 'B' }])).toEqual(marked)
  expect(check([{ ...open, PLACE_PROVIDER: 'A' }], [{ ...open, PLACE_PROVIDER: 'A' }])).toEqual([])
})

test('two blanks are the same; a blank and a value differ', () => {
  expect(check([open], [open])).toEqual([])
  expect(check([{ ...open, PLACE_PROVIDER: 'A' }], [open])).toEqual(marked)
  expect(check([open], [{ ...open, PLACE_PROVIDER: 'A' }])).toEqual(marked)
})

test('an end that is no date leaves it open, a real one does not', () => {
  expect(check([{ ...open, DEC: '31/06/2024', PLACE_PROVIDER: 'A' }], [open])).toEqual(marked)
  expect(check([{ ...open, DEC: '30/06/2024', PLACE_PROVIDER: 'A' }], [open])).toEqual([])
})

test('neither the start nor how the episode began has to agree', () => {
  const later = { DECOM: '01/05/2025', RNE: 'S' }
  expect(check([{ ...open, PLACE_PROVIDER: 'A' }], [{ ...later, PLACE_PROVIDER: 'B' }])).toEqual(marked)
})

test('this year’s first and last year’s latest are told by their start', () => {
  const before = [
    { DECOM: '01/06/2024', PLACE_PROVIDER: 'B' },
    { ...open, PLACE_PROVIDER: 'A' },
  ]
  const now: Rows = [
    { DECOM: '01/08/2025', PLACE_PROVIDER: 'B' },
    { DECOM: '01/06/2024', PLACE_PROVIDER: 'C' },
    { PLACE_PROVIDER: 'B' },
  ]
  expect(check(before, now)).toEqual(['Episodes 2 PLACE_PROVIDER'])
})

test('on a tie it is the one earlier in the file, in both years', () => {
  const [a, b, c] = [
    { ...open, PLACE_PROVIDER: 'A' },
    { ...open, PLACE_PROVIDER: 'B' },
    { ...open, PLACE_PROVIDER: 'C' },
  ]
  expect(check([a, b], [a, c])).toEqual([])
  expect(check([b, a], [a, c])).toEqual(marked)
})

test('a child in one of the years only passes', () => {
  expect(check([], [{ ...open, PLACE_PROVIDER: 'A' }])).toEqual([])
  expect(check([{ ...open, PLACE_PROVIDER: 'A' }], [])).toEqual([])
})
