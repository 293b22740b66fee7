import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './370.ts'

const check = (year: string, DOB: string, DECOM: string, PLACE = 'P2') =>
  findings(rule, child903({ Header: { DOB }, Episodes: { DECOM, PLACE } }), { year })

test('before the 15th birthday in 2022-23', () => {
  expect(check('2022-23', '14/05/2007', '13/05/2022')).toEqual(['Episodes 1 DECOM PLACE'])
  expect(check('2022-23', '14/05/2007', '14/05/2022')).toEqual([])
})

test('before the 16th birthday in 2023-24', () => {
  expect(check('2023-24', '14/05/2007', '13/05/2023')).toHaveLength(1)
  expect(check('2023-24', '14/05/2007', '14/05/2023')).toEqual([])
})

test('born on 29 February: 15 on 28 February', () => {
  expect(check('2022-23', '29/02/2008', '27/02/2023')).toHaveLength(1)
  expect(check('2022-23', '29/02/2008', '28/02/2023')).toEqual([])
})

test('other placements, dates that are none, and children without Header pass', () => {
  expect(check('2022-23', '14/05/2007', '13/05/2022', 'H5')).toEqual([])
  expect(check('2022-23', '', '13/05/2022')).toEqual([])
  expect(check('2022-23', '14/05/2007', '')).toEqual([])
  const noHeader = child903({ Header: [], Episodes: { DECOM: '13/05/2022', PLACE: 'P2' } })
  expect(findings(rule, noHeader, { year: '2022-23' })).toEqual([])
})
