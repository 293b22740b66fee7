import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './576.ts'

type Spells = [MIS_START: string, MIS_END?: string][]
const rows = (list: Spells) => list.map(([MIS_START, MIS_END = '']) => ({ MIS_START, MIS_END }))
const child = (before: Spells, now: Spells, Header?: []) =>
  child903({ Missing: rows(now), lastYear: { Missing: rows(before) }, ...(Header && { Header }) })
const check = (before: Spells, now: Spells) => findings(rule, child(before, now))
const open: Spells = [['20/03/2025']]
const marked = ['Missing 1 CHILD']

test('this year’s first began another day', () => {
  expect(check(open, [['20/03/2025', '02/04/2025']])).toEqual([])
  expect(check(open, [['21/03/2025']])).toEqual(marked)
  expect(check(open, [['19/03/2025'], ['20/03/2025']])).toEqual(marked)
  expect(check(open, [['01/05/2025'], ['20/03/2025', '02/04/2025']])).toEqual([])
  expect(check(open, [['01/05/2025'], ['21/03/2025', '02/04/2025']])).toEqual(['Missing 2 CHILD'])
})

test('a beginning that is blank or none is later than any other', () => {
  expect(check(open, [[''], ['31/06/2025'], ['20/03/2025']])).toEqual([])
  expect(check(open, [[''], ['31/06/2025']])).toEqual(marked)
  expect(check(open, [['31/06/2025'], ['20/03/2025']])).toEqual([])
})

test('on a tie the first in the file', () => {
  expect(check(open, [['01/05/2025'], ['01/05/2025']])).toEqual(marked)
})

test('none this year: the child is told', () => {
  expect(check(open, [])).toEqual(['Header 1 CHILD'])
  expect(findings(rule, child(open, [], []))).toEqual(['the whole return'])
})

test('last year’s had ended, or had no readable beginning', () => {
  expect(check([['20/03/2025', '30/03/2025']], [])).toEqual([])
  expect(check([['20/03/2025', '31/06/2025']], [])).toEqual([])
  expect(check([[''], ['31/02/2025']], [])).toEqual([])
  expect(check([], [['01/05/2025']])).toEqual([])
})

test('of several that were open, each; one finding', () => {
  expect(check([['20/03/2025'], ['25/03/2025']], [['20/03/2025'], ['25/03/2025']])).toEqual(marked)
  expect(check([['20/03/2025'], ['25/03/2025']], [])).toHaveLength(1)
})
