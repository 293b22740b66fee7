import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './574.ts'

const check = (...list: [MIS_START: string, MIS_END: string][]) =>
  findings(rule, child903({ Missing: list.map(([MIS_START, MIS_END]) => ({ MIS_START, MIS_END })) }))
const second = ['Missing 2 MIS_START MIS_END']
const first = ['Missing 1 MIS_START MIS_END']

test('begins before the one before has ended, not on the day', () => {
  expect(check(['01/05/2025', '10/05/2025'], ['09/05/2025', '20/05/2025'])).toEqual(second)
  expect(check(['01/05/2025', '10/05/2025'], ['10/05/2025', '20/05/2025'])).toEqual([])
  expect(check(['01/05/2025', '10/05/2025'], ['09/05/2025', ''])).toEqual(first)
  expect(check(['01/05/2025', '10/05/2025'], ['10/05/2025', ''])).toEqual([])
})

test('begins when another is open', () => {
  expect(check(['01/05/2025', ''], ['10/05/2025', '20/05/2025'])).toEqual(second)
  expect(check(['01/05/2025', ''], ['10/05/2025', ''])).toEqual(second)
  expect(check(['', ''], ['', ''])).toEqual(second)
})

test('of one inside another the outer is told', () => {
  expect(check(['01/05/2025', '31/05/2025'], ['10/05/2025', '20/05/2025'])).toEqual(first)
})

test('the order is that of the dates: the end, then the beginning, then the file', () => {
  expect(check(['10/05/2025', '20/05/2025'], ['01/05/2025', '10/05/2025'])).toEqual([])
  expect(check(['09/05/2025', '20/05/2025'], ['01/05/2025', '20/05/2025'])).toEqual(first)
  expect(check(['', '20/05/2025'], ['01/05/2025', '20/05/2025'])).toEqual([])
  expect(check(['01/05/2025', '20/05/2025'], ['01/05/2025', '20/05/2025'])).toEqual(second)
})

test('a date that is none counts as blank', () => {
  expect(check(['01/05/2025', '31/04/2025'], ['10/05/2025', '20/05/2025'])).toEqual(second)
  expect(check(['01/05/2025', '10/05/2025'], ['31/04/2025', '20/05/2025'])).toEqual([])
  expect(check(['31/04/2025', ''], ['01/05/2025', '10/05/2025'])).toEqual([])
})

test('one alone passes', () => {
  expect(check(['01/05/2025', ''])).toEqual([])
})
