import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './363.ts'

const check = (...list: [DECOM: string, DEC: string, LS?: string][]) =>
  findings(rule, child903({ Episodes: list.map(([DECOM, DEC, LS = 'L3']) => ({ DECOM, DEC, LS })) }))

test('more than 7 days, not 7', () => {
  expect(check(['01/05/2025', '09/05/2025'])).toEqual(['Episodes 1 LS DECOM DEC'])
  expect(check(['01/05/2025', '08/05/2025'])).toEqual([])
})

test('episodes that touch or overlap are added up, in order of their dates, and all are told', () => {
  expect(check(['05/05/2025', '09/05/2025'], ['01/05/2025', '05/05/2025'])).toEqual([
    'Episodes 2 LS DECOM DEC, Episodes 1 LS DECOM DEC',
  ])
  expect(check(['01/05/2025', '05/05/2025'], ['02/05/2025', '06/05/2025'])).toHaveLength(1)
  expect(check(['01/05/2025', '05/05/2025'], ['06/05/2025', '10/05/2025'])).toEqual([])
})

test('an open end is 31 March', () => {
  expect(check(['24/03/2026', ''])).toEqual([])
  expect(check(['23/03/2026', ''])).toHaveLength(1)
})

test('an unreadable end adds no days and does not break the run', () => {
  expect(check(['01/05/2025', '32/05/2025'])).toEqual([])
  expect(check(['01/05/2025', '32/05/2025'], ['20/05/2025', '28/05/2025'])).toEqual([
    'Episodes 1 LS DECOM DEC, Episodes 2 LS DECOM DEC',
  ])
})

test('other statuses, and a start that is no date, pass', () => {
  expect(check(['01/05/2025', '', 'L1'])).toEqual([])
  expect(check(['', '25/05/2025'])).toEqual([])
})
