import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './358.ts'

const check = (DOB: string, DECOM: string, LS = 'J1') =>
  findings(rule, child903({ Header: { DOB }, Episodes: { DECOM, LS } }))

test.each(['J1', 'J2', 'J3'])('%s before the 10th birthday', (LS) => {
  expect(check('14/05/2015', '13/05/2025', LS)).toEqual(['Episodes 1 DECOM LS, Header 1 DOB'])
})

test('on the birthday passes', () => {
  expect(check('14/05/2015', '14/05/2025')).toEqual([])
})

test('born on 29 February: 10 on 28 February', () => {
  expect(check('29/02/2016', '27/02/2026')).toHaveLength(1)
  expect(check('29/02/2016', '28/02/2026')).toEqual([])
})

test('other legal statuses, dates that are none, and children without Header pass', () => {
  expect(check('14/05/2015', '13/05/2025', 'C2')).toEqual([])
  expect(check('', '13/05/2025')).toEqual([])
  expect(check('14/05/2015', '')).toEqual([])
  expect(findings(rule, child903({ Header: [], Episodes: { DECOM: '13/05/2025', LS: 'J1' } }))).toEqual([])
})
