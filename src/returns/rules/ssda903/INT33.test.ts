import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './INT33.ts'

test('every row of a child who is there more than once', () => {
  const twice = child903({ OC2: [{}, {}] })
  expect(findings(rule, twice)).toEqual(['OC2 1 CHILD', 'OC2 2 CHILD'])
})

test('once this year and once last year', () => {
  expect(findings(rule, child903({ OC2: {}, lastYear: { OC2: {} } }))).toEqual([])
})

test('two children, once each', () => {
  const once = (CHILD: string) => child903({ Header: { CHILD }, OC2: {} })
  expect(findings(rule, [once('1'), once('2')])).toEqual([])
})
