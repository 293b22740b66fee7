import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './INT11.ts'

const check = (DOB: string, ofHeader = '14/05/2012') =>
  findings(rule, child903({ Header: { DOB: ofHeader }, AD1: { DOB } }))

test('another date of birth, earlier or later', () => {
  expect(check('13/05/2012')).toEqual(['AD1 1 DOB'])
  expect(check('15/05/2012')).toHaveLength(1)
})

test('the same', () => {
  expect(check('14/05/2012')).toEqual([])
})

test('blank and unreadable pass, on either side', () => {
  expect(check('')).toEqual([])
  expect(check('31/04/2012')).toEqual([])
  expect(check('14/05/2012', '')).toEqual([])
  expect(check('14/05/2012', '31/04/2012')).toEqual([])
})

test('without a Header row, this year, it passes', () => {
  const lastYear = { Header: { DOB: '13/05/2012' } }
  expect(findings(rule, child903({ Header: [], AD1: { DOB: '14/05/2012' }, lastYear }))).toEqual([])
})
