import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './INT36.ts'

test('every row of a child who is there more than once', () => {
  const twice = child903({ UASC: [{}, {}] })
  expect(findings(rule, twice)).toEqual(['UASC 1 CHILD', 'UASC 2 CHILD'])
})

test('once this year and once last year', () => {
  expect(findings(rule, child903({ UASC: {}, lastYear: { UASC: {} } }))).toEqual([])
})

test('two children, once each', () => {
  const once = (CHILD: string) => child903({ Header: { CHILD }, UASC: {} })
  expect(findings(rule, [once('1'), once('2')])).toEqual([])
})
