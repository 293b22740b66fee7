import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './374.ts'

const check = (DOB: string, DECOM: string, PLACE = 'P3') =>
  findings(rule, child903({ Header: { DOB }, Episodes: { DECOM, PLACE } }))

test('the day before the 14th birthday, not on it', () => {
  expect(check('14/05/2011', '13/05/2025')).toEqual(['Episodes 1 DECOM PLACE'])
  expect(check('14/05/2011', '14/05/2025')).toEqual([])
})

test('born on 29 February: 14 on 28 February', () => {
  expect(check('29/02/2012', '27/02/2026')).toHaveLength(1)
  expect(check('29/02/2012', '28/02/2026')).toEqual([])
})

test('other placements, dates that are none, and children without Header pass', () => {
  expect(check('14/05/2011', '13/05/2025', 'P1')).toEqual([])
  expect(check('', '13/05/2025')).toEqual([])
  expect(check('14/05/2011', '')).toEqual([])
  expect(findings(rule, child903({ Header: [], Episodes: { DECOM: '13/05/2025', PLACE: 'P3' } }))).toEqual([])
})
