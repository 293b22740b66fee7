import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './373.ts'

const check = (DOB: string, DECOM: string, PLACE = 'S1') =>
  findings(rule, child903({ Header: { DOB }, Episodes: { DECOM, PLACE } }))

test('the day before the 4th birthday, not on it', () => {
  expect(check('14/05/2021', '13/05/2025')).toEqual(['Episodes 1 DECOM PLACE'])
  expect(check('14/05/2021', '14/05/2025')).toEqual([])
})

test('born on 29 February: 4 on 29 February', () => {
  expect(check('29/02/2020', '28/02/2024')).toHaveLength(1)
  expect(check('29/02/2020', '29/02/2024')).toEqual([])
})

test('other placements, dates that are none, and children without Header pass', () => {
  expect(check('14/05/2021', '13/05/2025', 'K2')).toEqual([])
  expect(check('', '13/05/2025')).toEqual([])
  expect(check('14/05/2021', '')).toEqual([])
  expect(findings(rule, child903({ Header: [], Episodes: { DECOM: '13/05/2025', PLACE: 'S1' } }))).toEqual([])
})
