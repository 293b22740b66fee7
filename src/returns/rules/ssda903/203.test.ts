import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './203.ts'

const check = (before: string, now: string) =>
  findings(rule, child903({ Header: { DOB: now }, lastYear: { Header: { DOB: before } } }))
const marked = ['Header 1 DOB']

test('differs from last year', () => {
  expect(check('01/05/2012', '02/05/2012')).toEqual(marked)
  expect(check('01/05/2012', '01/05/2012')).toEqual([])
})

test('blank in one year fails, in both passes', () => {
  expect(check('01/05/2012', '')).toEqual(marked)
  expect(check('', '01/05/2012')).toEqual(marked)
  expect(check('', '')).toEqual([])
})

test('no real date counts as blank', () => {
  expect(check('01/05/2012', '32/05/2012')).toEqual(marked)
  expect(check('32/05/2012', '')).toEqual([])
  expect(check('32/05/2012', '33/05/2012')).toEqual([])
})

test('not in last year’s return', () => {
  expect(findings(rule, child903({ lastYear: { Header: [], Episodes: {} } }))).toEqual([])
})
