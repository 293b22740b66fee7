import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './367.ts'

const check = (...list: [DECOM: string, DEC: string, LS?: string][]) =>
  findings(rule, child903({ Episodes: list.map(([DECOM, DEC, LS = 'V3']) => ({ DECOM, DEC, LS })) }))

test('more than 75 days, not 75; all of them are told', () => {
  expect(check(['01/05/2025', '01/06/2025'], ['01/07/2025', '15/08/2025'])).toEqual([
    'Episodes 1 LS DECOM DEC, Episodes 2 LS DECOM DEC',
  ])
  expect(check(['01/05/2025', '01/06/2025'], ['01/07/2025', '14/08/2025'])).toEqual([])
})

test('only days of this year count', () => {
  expect(check(['01/01/2025', '15/06/2025'])).toEqual([])
  expect(check(['01/01/2025', '16/06/2025'])).toHaveLength(1)
  expect(check(['15/01/2026', '30/06/2026'])).toEqual([])
  expect(check(['14/01/2026', '30/06/2026'])).toHaveLength(1)
})

test('an open break goes on until 31 March', () => {
  expect(check(['15/01/2026', ''])).toEqual([])
  expect(check(['14/01/2026', ''])).toHaveLength(1)
})

test('breaks of no days, with unreadable dates or before the year neither count nor are told', () => {
  const long: [string, string] = ['01/05/2025', '31/07/2025']
  expect(
    check(['10/08/2025', '10/08/2025'], ['20/08/2025', '10/08/2025'], ['01/09/2025', '32/09/2025'], long),
  ).toEqual(['Episodes 4 LS DECOM DEC'])
  expect(check(['', '31/07/2025'], ['01/02/2025', '01/04/2025'], long)).toEqual(['Episodes 3 LS DECOM DEC'])
})

test('a break that ends before it begins takes nothing off', () => {
  expect(check(['01/05/2025', '16/07/2025'], ['20/08/2025', '10/08/2025'])).toHaveLength(1)
})

test('a break of one day counts and is told', () => {
  expect(check(['01/05/2025', '15/07/2025'], ['20/08/2025', '21/08/2025'])).toEqual([
    'Episodes 1 LS DECOM DEC, Episodes 2 LS DECOM DEC',
  ])
})

test('other legal statuses do not count', () => {
  expect(check(['01/05/2025', '31/07/2025', 'V4'])).toEqual([])
  expect(check(['01/05/2025', '15/07/2025'], ['20/08/2025', '30/08/2025', 'C2'])).toEqual([])
})
