import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './372.ts'

const child = (DOB: string, DECOM: string, PLACE = 'R5') =>
  child903({ Header: { DOB }, Episodes: { DECOM, PLACE } })

test('the day before the 10th birthday fails', () => {
  expect(findings(rule, child('14/05/2012', '13/05/2022'))).toEqual(['Episodes 1 DECOM PLACE'])
})

test('the birthday itself passes', () => {
  expect(findings(rule, child('14/05/2012', '14/05/2022'))).toEqual([])
})

test('born on 29 February: 10 on 28 February', () => {
  expect(findings(rule, child('29/02/2016', '27/02/2026'))).toHaveLength(1)
  expect(findings(rule, child('29/02/2016', '28/02/2026'))).toEqual([])
})

test('other placements, blank dates and children without Header pass', () => {
  expect(findings(rule, child('14/05/2012', '13/05/2022', 'K2'))).toEqual([])
  expect(findings(rule, child('', '13/05/2022'))).toEqual([])
  expect(findings(rule, child('14/05/2012', ''))).toEqual([])
  expect(findings(rule, child903({ Header: [], Episodes: { DECOM: '13/05/2022', PLACE: 'R5' } }))).toEqual([])
})
