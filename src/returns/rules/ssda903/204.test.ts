import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './204.ts'

const check = (before: string, now: string) =>
  findings(rule, child903({ Header: { ETHNIC: now }, lastYear: { Header: { ETHNIC: before } } }))
const marked = ['Header 1 ETHNIC']

test('differs from last year', () => {
  expect(check('WBRI', 'WIRI')).toEqual(marked)
  expect(check('WBRI', 'WBRI')).toEqual([])
})

test('blank in one year fails, in both passes', () => {
  expect(check('WBRI', '')).toEqual(marked)
  expect(check('', 'WBRI')).toEqual(marked)
  expect(check('', '')).toEqual([])
})

test('not in last year’s return', () => {
  expect(findings(rule, child903({ lastYear: { Header: [], Episodes: {} } }))).toEqual([])
})
