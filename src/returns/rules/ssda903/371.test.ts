import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './371.ts'

const check = (year: string, PLACE: string, DECOM: string, DOB = '14/05/2008') =>
  findings(rule, child903({ Header: { DOB }, Episodes: { DECOM, PLACE } }), { year })

test.each([
  ['2022-23', 'H5', '13/05/2022', '14/05/2022'],
  ['2023-24', 'H5', '13/05/2024', '14/05/2024'],
  ['2024-25', 'K3', '13/05/2024', '14/05/2024'],
  ['2026-27', 'K3', '13/05/2024', '14/05/2024'],
])('in %s %s on %s fails, on %s passes', (year, place, dayBefore, birthday) => {
  expect(check(year, place, dayBefore)).toEqual(['Episodes 1 DECOM PLACE'])
  expect(check(year, place, birthday)).toEqual([])
})

test('H5 and K3 are asked in their own years only', () => {
  expect(check('2023-24', 'K3', '13/05/2020')).toEqual([])
  expect(check('2024-25', 'H5', '13/05/2020')).toEqual([])
})

test('born on 29 February: 16 in a leap year is 29 February, 14 is 28 February', () => {
  expect(check('2024-25', 'K3', '28/02/2024', '29/02/2008')).toHaveLength(1)
  expect(check('2024-25', 'K3', '29/02/2024', '29/02/2008')).toEqual([])
  expect(check('2022-23', 'H5', '28/02/2022', '29/02/2008')).toEqual([])
})

test('dates that are none, and children without Header pass', () => {
  expect(check('2024-25', 'K3', '')).toEqual([])
  expect(check('2024-25', 'K3', '13/05/2020', '')).toEqual([])
  const noHeader = child903({ Header: [], Episodes: { DECOM: '13/05/2020', PLACE: 'K3' } })
  expect(findings(rule, noHeader)).toEqual([])
})
