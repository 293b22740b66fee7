import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './460.ts'

const check = (DOB: string, DEC: string, REC = 'E17') =>
  findings(rule, child903({ Header: { DOB }, Episodes: { DEC, REC } }))

test('before the 18th birthday, not on it', () => {
  expect(check('14/05/2007', '13/05/2025')).toEqual(['Episodes 1 DEC REC'])
  expect(check('14/05/2007', '14/05/2025')).toEqual([])
})

test('born on 29 February: 18 on 28 February', () => {
  expect(check('29/02/2008', '27/02/2026')).toHaveLength(1)
  expect(check('29/02/2008', '28/02/2026')).toEqual([])
})

test('other reasons, dates that are none, and children without Header pass', () => {
  expect(check('14/05/2007', '13/05/2025', 'E16')).toEqual([])
  expect(check('14/05/2007', '13/05/2025', '')).toEqual([])
  expect(check('', '13/05/2025')).toEqual([])
  expect(check('31/04/2007', '13/05/2025')).toEqual([])
  expect(check('14/05/2007', '')).toEqual([])
  expect(check('14/05/2007', '31/04/2025')).toEqual([])
  expect(findings(rule, child903({ Header: [], Episodes: { DEC: '13/05/2025', REC: 'E17' } }))).toEqual([])
})
