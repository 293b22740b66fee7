import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './407.ts'

const check = (DOB: string, DEC: string, REC = 'E45') =>
  findings(rule, child903({ Header: { DOB }, Episodes: { DEC, REC } }))
const marked = ['Episodes 1 DEC REC, Header 1 DOB']

test('on the 18th birthday or after, not the day before', () => {
  expect(check('14/05/2007', '14/05/2025')).toEqual(marked)
  expect(check('14/05/2007', '15/05/2025')).toEqual(marked)
  expect(check('14/05/2007', '13/05/2025')).toEqual([])
})

test('born on 29 February: 18 on 28 February', () => {
  expect(check('29/02/2008', '28/02/2026')).toEqual(marked)
  expect(check('29/02/2008', '27/02/2026')).toEqual([])
})

test.each(['E45', 'E46', 'E47', 'E48'])('%s is a special guardianship', (REC) => {
  expect(check('14/05/2007', '14/05/2025', REC)).toEqual(marked)
})

test('other reasons, dates that are none, and children without Header pass', () => {
  expect(check('14/05/2007', '14/05/2025', 'E17')).toEqual([])
  expect(check('14/05/2007', '14/05/2025', '')).toEqual([])
  expect(check('', '14/05/2025')).toEqual([])
  expect(check('30/02/2007', '14/05/2025')).toEqual([])
  expect(check('14/05/2007', '')).toEqual([])
  expect(check('14/05/2007', '31/06/2025')).toEqual([])
  expect(findings(rule, child903({ Header: [], Episodes: { DEC: '14/05/2025', REC: 'E45' } }))).toEqual([])
})
