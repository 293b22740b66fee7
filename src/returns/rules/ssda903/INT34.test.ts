import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './INT34.ts'

test('every row of a child who is there more than once', () => {
  const twice = child903({ OC3: [{}, {}] })
  expect(findings(rule, twice)).toEqual(['OC3 1 CHILD', 'OC3 2 CHILD'])
})

test('once this year and once last year', () => {
  expect(findings(rule, child903({ OC3: {}, lastYear: { OC3: {} } }))).toEqual([])
})

test('two children, once each', () => {
  const once = (CHILD: string) => child903({ Header: { CHILD }, OC3: {} })
  expect(findings(rule, [once('1'), once('2')])).toEqual([])
})
