import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './INT31.ts'

test('every row of a child who is there more than once', () => {
  const twice = child903({ AD1: [{}, {}] })
  expect(findings(rule, twice)).toEqual(['AD1 1 CHILD', 'AD1 2 CHILD'])
})

test('once this year and once last year', () => {
  expect(findings(rule, child903({ AD1: {}, lastYear: { AD1: {} } }))).toEqual([])
})

test('two children, once each', () => {
  const once = (CHILD: string) => child903({ Header: { CHILD }, AD1: {} })
  expect(findings(rule, [once('1'), once('2')])).toEqual([])
})
