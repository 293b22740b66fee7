import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './304.ts'

const check = (DOB: string, DUC: string) => findings(rule, child903({ UASC: { DOB, DUC } }))

test('after the birthday, not on it', () => {
  expect(check('14/05/2007', '15/05/2025')).toEqual(['UASC 1 DUC'])
  expect(check('14/05/2007', '14/05/2025')).toEqual([])
})

test('born on 29 February: 18 on 28 February', () => {
  expect(check('29/02/2008', '28/02/2026')).toEqual([])
  expect(check('29/02/2008', '01/03/2026')).toHaveLength(1)
})

test('the date of birth is that of the UASC file', () => {
  const child = child903({ Header: { DOB: '14/05/2000' }, UASC: { DOB: '14/05/2007', DUC: '14/05/2025' } })
  expect(findings(rule, child)).toEqual([])
})

test('blank and unreadable dates pass', () => {
  expect(check('', '15/05/2025')).toEqual([])
  expect(check('14/05/2007', '')).toEqual([])
  expect(check('14/05/2007', '32/05/2025')).toEqual([])
})
