import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './352.ts'

const check = (DOB: string, DECOM: string, RNE = 'S') =>
  findings(rule, child903({ Header: { DOB }, Episodes: { DECOM, RNE } }))

test('on the 18th birthday, not the day before', () => {
  expect(check('14/05/2007', '14/05/2025')).toEqual(['Episodes 1 DECOM RNE'])
  expect(check('14/05/2007', '13/05/2025')).toEqual([])
})

test('born on 29 February: 18 on 28 February', () => {
  expect(check('29/02/2008', '28/02/2026')).toHaveLength(1)
  expect(check('29/02/2008', '27/02/2026')).toEqual([])
})

test('other reasons, dates that are none, and children without Header pass', () => {
  expect(check('14/05/2007', '14/05/2025', 'P')).toEqual([])
  expect(check('14/05/2007', '14/05/2025', '')).toEqual([])
  expect(check('', '14/05/2025')).toEqual([])
  expect(check('14/05/2007', '')).toEqual([])
  expect(findings(rule, child903({ Header: [], Episodes: { DECOM: '14/05/2025', RNE: 'S' } }))).toEqual([])
})
