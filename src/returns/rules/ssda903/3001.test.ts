import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './3001.ts'

const check = (DOB: string, ACCOM = 'Z1') => findings(rule, child903({ Header: { DOB }, OC3: { ACCOM } }))
const marked = ['OC3 1 ACCOM']

test('17 on the first or the last day', () => {
  expect(check('01/04/2008')).toEqual(marked)
  expect(check('31/03/2009')).toEqual(marked)
})

test('17 before or after the year', () => {
  expect(check('31/03/2008')).toEqual([])
  expect(check('01/04/2009')).toEqual([])
})

test('suitable or not; other accommodation passes', () => {
  expect(check('01/01/2009', 'Z2')).toEqual(marked)
  expect(check('01/01/2009', 'B1')).toEqual([])
  expect(check('01/01/2009', '')).toEqual([])
})

test('the date of birth is that of the Header', () => {
  const child = (Header: Record<string, string>[]) =>
    child903({ Header, OC3: { DOB: '01/01/2009', ACCOM: 'Z1' } })
  expect(findings(rule, child([{ DOB: '01/01/2007' }]))).toEqual([])
  expect(findings(rule, child([]))).toEqual([])
})
