import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './386.ts'

const check = (DOB: string, DEC: string, REC = 'E11') =>
  findings(rule, child903({ Header: { DOB }, Episodes: { DEC, REC } }))

test('on the 18th birthday, not the day before', () => {
  expect(check('14/05/2007', '14/05/2025')).toEqual(['Episodes 1 REC'])
  expect(check('14/05/2007', '14/05/2025', 'E12')).toHaveLength(1)
  expect(check('14/05/2007', '13/05/2025')).toEqual([])
})

test('born on 29 February: 18 on 28 February', () => {
  expect(check('29/02/2008', '28/02/2026')).toHaveLength(1)
  expect(check('29/02/2008', '27/02/2026')).toEqual([])
})

test('other reasons, dates that are none, and children without Header pass', () => {
  expect(check('14/05/2007', '14/05/2025', 'E7')).toEqual([])
  expect(check('', '14/05/2025')).toEqual([])
  expect(check('14/05/2007', '')).toEqual([])
  expect(findings(rule, child903({ Header: [], Episodes: { DEC: '14/05/2025', REC: 'E11' } }))).toEqual([])
})
