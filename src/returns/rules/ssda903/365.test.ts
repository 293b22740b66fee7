import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './365.ts'

const check = (DECOM: string, DEC: string, LS = 'V3') =>
  findings(rule, child903({ Episodes: { DECOM, DEC, LS } }))

test('more than 17 days, not 17', () => {
  expect(check('01/05/2025', '19/05/2025')).toEqual(['Episodes 1 LS DECOM DEC'])
  expect(check('01/05/2025', '18/05/2025')).toEqual([])
})

test('an open break is counted to 31 March', () => {
  expect(check('13/03/2026', '')).toHaveLength(1)
  expect(check('14/03/2026', '')).toEqual([])
})

test('an unreadable date passes, and so does no start', () => {
  expect(check('01/05/2025', '32/05/2025')).toEqual([])
  expect(check('32/05/2025', '')).toEqual([])
  expect(check('', '19/05/2025')).toEqual([])
})

test('other legal statuses pass', () => {
  expect(check('01/05/2025', '19/05/2025', 'V4')).toEqual([])
  expect(check('01/05/2025', '19/05/2025', '')).toEqual([])
})
