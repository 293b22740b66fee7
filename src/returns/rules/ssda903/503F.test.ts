import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './503F.ts'

type Rows = Record<string, string>[]
const check = (before: Rows, now: Rows) =>
  findings(rule, child903({ Episodes: now, lastYear: { Episodes: before } }))
const open = { DECOM: '01/05/2024' }
const marked = ['Episodes 1 URN']

test('another Ofsted number than in the episode left open', () => {
  expect(check([{ ...open, URN: 'A' }], [{ ...open, URN: 'B' }])).toEqual(marked)
  expect(check([{ ...open, URN: 'A' }], [{ ...open, URN: 'A' }])).toEqual([])
})

test('two blanks are the same; a blank and a value differ', () => {
  expect(check([open], [open])).toEqual([])
  expect(check([{ ...open, URN: 'A' }], [open])).toEqual(marked)
  expect(check([open], [{ ...open, URN: 'A' }])).toEqual(marked)
})

test('an end that is no date leaves it open, a real one does not', () => {
  expect(check([{ ...open, DEC: '31/06/2024', URN: 'A' }], [open])).toEqual(marked)
  expect(check([{ ...open, DEC: '30/06/2024', URN: 'A' }], [open])).toEqual([])
})

test('neither the start nor how the episode began has to agree', () => {
  const later = { DECOM: '01/05/2025', RNE: 'S' }
  expect(check([{ ...open, URN: 'A' }], [{ ...later, URN: 'B' }])).toEqual(marked)
})

test('this year’s first and last year’s latest are told by their start', () => {
  const before = [
    { DECOM: '01/06/2024', URN: 'B' },
    { ...open, URN: 'A' },
  ]
  const now: Rows = [{ DECOM: '01/08/2025', URN: 'B' }, { DECOM: '01/06/2024', URN: 'C' }, { URN: 'B' }]
  expect(check(before, now)).toEqual(['Episodes 2 URN'])
})

test('on a tie it is the one earlier in the file, in both years', () => {
  const [a, b, c] = [
    { ...open, URN: 'A' },
    { ...open, URN: 'B' },
    { ...open, URN: 'C' },
  ]
  expect(check([a, b], [a, c])).toEqual([])
  expect(check([b, a], [a, c])).toEqual(marked)
})

test('a child in one of the years only passes', () => {
  expect(check([], [{ ...open, URN: 'A' }])).toEqual([])
  expect(check([{ ...open, URN: 'A' }], [])).toEqual([])
})
