import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './362.ts'

const check = (...list: [DECOM: string, DEC: string, LS?: string][]) =>
  findings(rule, child903({ Episodes: list.map(([DECOM, DEC, LS = 'L2']) => ({ DECOM, DEC, LS })) }))

test('more than 21 days, not 21', () => {
  expect(check(['01/05/2025', '23/05/2025'])).toEqual(['Episodes 1 DECOM LS DEC'])
  expect(check(['01/05/2025', '22/05/2025'])).toEqual([])
})

test('episodes that follow on the day are one run, and all are told', () => {
  expect(check(['01/05/2025', '15/05/2025'], ['15/05/2025', '23/05/2025'])).toEqual([
    'Episodes 1 DECOM LS DEC, Episodes 2 DECOM LS DEC',
  ])
  expect(check(['01/05/2025', '15/05/2025'], ['16/05/2025', '23/05/2025'])).toEqual([])
})

test('another status between does not join two runs', () => {
  expect(
    check(['01/05/2025', '15/05/2025'], ['15/05/2025', '20/05/2025', 'C1'], ['20/05/2025', '31/05/2025']),
  ).toEqual([])
})

test('an open or unreadable end is 31 March', () => {
  expect(check(['10/03/2026', ''])).toEqual([])
  expect(check(['09/03/2026', ''])).toHaveLength(1)
  expect(check(['09/03/2026', '32/03/2026'])).toHaveLength(1)
})

test('other statuses, and a start that is no date, pass', () => {
  expect(check(['01/05/2025', '', 'L1'])).toEqual([])
  expect(check(['', '25/05/2025'])).toEqual([])
})
