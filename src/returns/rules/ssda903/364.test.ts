import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './364.ts'

const check = (...list: [DECOM: string, DEC: string, LS?: string][]) =>
  findings(rule, child903({ Episodes: list.map(([DECOM, DEC, LS = 'J2']) => ({ DECOM, DEC, LS })) }))

test('more than 21 days, not 21', () => {
  expect(check(['01/05/2025', '23/05/2025'])).toEqual(['Episodes 1 LS DECOM DEC'])
  expect(check(['01/05/2025', '22/05/2025'])).toEqual([])
})

test('episodes that touch or overlap are added up, in order of their dates, and all are told', () => {
  expect(check(['11/05/2025', '23/05/2025'], ['01/05/2025', '11/05/2025'])).toEqual([
    'Episodes 2 LS DECOM DEC, Episodes 1 LS DECOM DEC',
  ])
  expect(check(['01/05/2025', '12/05/2025'], ['02/05/2025', '13/05/2025'])).toHaveLength(1)
  expect(check(['01/05/2025', '12/05/2025'], ['13/05/2025', '31/05/2025'])).toEqual([])
})

test('an open end is 31 March', () => {
  expect(check(['10/03/2026', ''])).toEqual([])
  expect(check(['09/03/2026', ''])).toHaveLength(1)
})

test('an unreadable end adds no days and does not break the run', () => {
  expect(check(['01/05/2025', '32/05/2025'])).toEqual([])
  expect(check(['01/05/2025', '32/05/2025'], ['01/06/2025', '30/06/2025'])).toEqual([
    'Episodes 1 LS DECOM DEC, Episodes 2 LS DECOM DEC',
  ])
})

test('other statuses, and a start that is no date, pass', () => {
  expect(check(['01/05/2025', '', 'J1'])).toEqual([])
  expect(check(['', '25/05/2025'])).toEqual([])
})
