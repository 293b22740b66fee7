import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './503C.ts'

type Rows = Record<string, string>[]
const check = (before: Rows, now: Rows) =>
  findings(rule, child903({ Episodes: now, lastYear: { Episodes: before } }))
const open = { DECOM: '01/05/2024' }
const marked = ['Episodes 1 CIN']

test('another category of need than in the episode left open', () => {
  expect(check([{ ...open, CIN: 'A' }], [{ ...open, CIN: 'B' }])).toEqual(marked)
  expect(check([{ ...open, CIN: 'A' }], [{ ...open, CIN: 'A' }])).toEqual([])
})

test('two blanks are the same; a blank and a value differ', () => {
  expect(check([open], [open])).toEqual([])
  expect(check([{ ...open, CIN: 'A' }], [open])).toEqual(marked)
  expect(check([open], [{ ...open, CIN: 'A' }])).toEqual(marked)
})

test('an end that is no date leaves it open, a real one does not', () => {
  expect(check([{ ...open, DEC: '31/06/2024', CIN: 'A' }], [open])).toEqual(marked)
  expect(check([{ ...open, DEC: '30/06/2024', CIN: 'A' }], [open])).toEqual([])
})

test('neither the start nor how the episode began has to agree', () => {
  const later = { DECOM: '01/05/2025', RNE: 'S' }
  expect(check([{ ...open, CIN: 'A' }], [{ ...later, CIN: 'B' }])).toEqual(marked)
})

test('this year’s first and last year’s latest are told by their start', () => {
  const before = [
    { DECOM: '01/06/2024', CIN: 'B' },
    { ...open, CIN: 'A' },
  ]
  const now: Rows = [{ DECOM: '01/08/2025', CIN: 'B' }, { DECOM: '01/06/2024', CIN: 'C' }, { CIN: 'B' }]
  expect(check(before, now)).toEqual(['Episodes 2 CIN'])
})

test('on a tie it is the one earlier in the file, in both years', () => {
  const [a, b, c] = [
    { ...open, CIN: 'A' },
    { ...open, CIN: 'B' },
    { ...open, CIN: 'C' },
  ]
  expect(check([a, b], [a, c])).toEqual([])
  expect(check([b, a], [a, c])).toEqual(marked)
})

test('a child in one of the years only passes', () => {
  expect(check([], [{ ...open, CIN: 'A' }])).toEqual([])
  expect(check([{ ...open, CIN: 'A' }], [])).toEqual([])
})
