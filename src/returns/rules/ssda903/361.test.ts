import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './361.ts'

const check = (...list: [DECOM: string, DEC: string, LS?: string][]) =>
  findings(rule, child903({ Episodes: list.map(([DECOM, DEC, LS = 'L1']) => ({ DECOM, DEC, LS })) }))

test('more than 3 days, not 3', () => {
  expect(check(['01/05/2025', '05/05/2025'])).toEqual(['Episodes 1 DECOM LS DEC'])
  expect(check(['01/05/2025', '04/05/2025'])).toEqual([])
})

test('episodes that follow on the day are one run, and all are told', () => {
  expect(check(['03/05/2025', '05/05/2025'], ['01/05/2025', '03/05/2025'])).toEqual([
    'Episodes 2 DECOM LS DEC, Episodes 1 DECOM LS DEC',
  ])
  expect(check(['01/05/2025', '03/05/2025'], ['04/05/2025', '06/05/2025'])).toEqual([])
})

test('another status between does not join two runs', () => {
  expect(
    check(['01/05/2025', '03/05/2025'], ['03/05/2025', '05/05/2025', 'C1'], ['05/05/2025', '07/05/2025']),
  ).toEqual([])
})

test('an open or unreadable end is 31 March', () => {
  expect(check(['28/03/2026', ''])).toEqual([])
  expect(check(['27/03/2026', ''])).toHaveLength(1)
  expect(check(['27/03/2026', '32/03/2026'])).toHaveLength(1)
})

test('other statuses, and a start that is no date, pass', () => {
  expect(check(['01/05/2025', '', 'L2'])).toEqual([])
  expect(check(['', '05/05/2025'])).toEqual([])
})
