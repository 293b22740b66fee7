import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './INT32.ts'

test('every row of a child who is there more than once', () => {
  const twice = child903({ Header: [{}, {}] })
  expect(findings(rule, twice)).toEqual(['Header 1 CHILD', 'Header 2 CHILD'])
})

test('once this year and once last year', () => {
  expect(findings(rule, child903({ Header: {}, lastYear: { Header: {} } }))).toEqual([])
})

test('two children, once each', () => {
  const once = (CHILD: string) => child903({ Header: { CHILD } })
  expect(findings(rule, [once('1'), once('2')])).toEqual([])
})
