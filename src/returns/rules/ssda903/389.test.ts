import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './389.ts'

const check = (DOB: string, DEC: string, REC = 'E7') =>
  findings(rule, child903({ Header: { DOB }, Episodes: { DEC, REC } }))
const marked = ['Episodes 1 REC']

test('before the 16th birthday, not on it', () => {
  expect(check('14/05/2009', '13/05/2025')).toEqual(marked)
  expect(check('14/05/2009', '14/05/2025')).toEqual([])
})

test('born on 29 February: 16 on 29 February', () => {
  expect(check('29/02/2008', '28/02/2024')).toEqual(marked)
  expect(check('29/02/2008', '29/02/2024')).toEqual([])
})

test('a date that is none, and no Header row, fail', () => {
  expect(check('', '14/05/2025')).toEqual(marked)
  expect(check('14/05/2009', '')).toEqual(marked)
  expect(check('14/05/2009', '32/05/2025')).toEqual(marked)
  expect(findings(rule, child903({ Header: [], Episodes: { DEC: '14/05/2025', REC: 'E7' } }))).toEqual(marked)
})

test('other reasons pass', () => {
  expect(check('14/05/2009', '13/05/2025', 'E8')).toEqual([])
  expect(check('', '', '')).toEqual([])
})
