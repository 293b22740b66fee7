import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './388.ts'

const check = (...list: [DECOM: string, DEC: string, REC: string][]) =>
  findings(rule, child903({ Episodes: list.map(([DECOM, DEC, REC]) => ({ DECOM, DEC, REC })) }))
const first = ['Episodes 1 REC']

test('X1, and nothing begins that day', () => {
  expect(check(['01/05/2025', '01/06/2025', 'X1'], ['01/06/2025', '', ''])).toEqual([])
  expect(check(['01/05/2025', '01/06/2025', 'X1'], ['02/06/2025', '', ''])).toEqual(first)
  expect(check(['01/05/2025', '01/06/2025', 'X1'])).toEqual(first)
})

test('another reason, and an episode begins that day', () => {
  expect(check(['01/05/2025', '01/06/2025', 'E4A'], ['01/06/2025', '', ''])).toEqual(first)
  expect(check(['01/05/2025', '01/06/2025', 'E4A'], ['02/06/2025', '', ''])).toEqual([])
  expect(check(['01/05/2025', '01/06/2025', 'E4A'])).toEqual([])
})

test('no reason, and no readable end, pass', () => {
  expect(check(['01/05/2025', '01/06/2025', ''], ['01/06/2025', '', ''])).toEqual([])
  expect(check(['01/05/2025', '', 'X1'])).toEqual([])
  expect(check(['01/05/2025', '31/06/2025', 'X1'])).toEqual([])
})

test('an episode without a readable start stands before all others', () => {
  expect(check(['01/05/2025', '01/06/2025', 'X1'], ['', '', ''])).toEqual(first)
  expect(check(['01/05/2025', '', ''], ['', '01/05/2025', 'X1'])).toEqual([])
  expect(check(['01/05/2025', '', ''], ['', '01/05/2025', 'E4A'])).toEqual(['Episodes 2 REC'])
})

test('a start that is none is never the same day', () => {
  expect(check(['', '01/05/2025', 'X1'], ['32/05/2025', '01/06/2025', 'E4A'])).toEqual(first)
  expect(check(['', '01/05/2025', 'X1'], ['', '', ''], ['01/05/2025', '', ''])).toEqual(first)
})
