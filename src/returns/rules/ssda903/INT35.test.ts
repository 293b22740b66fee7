import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './INT35.ts'

test('every row of a child who is there more than once', () => {
  const twice = child903({ PrevPerm: [{}, {}] })
  expect(findings(rule, twice)).toEqual(['PrevPerm 1 CHILD', 'PrevPerm 2 CHILD'])
})

test('once this year and once last year', () => {
  expect(findings(rule, child903({ PrevPerm: {}, lastYear: { PrevPerm: {} } }))).toEqual([])
})

test('two children, once each', () => {
  const once = (CHILD: string) => child903({ Header: { CHILD }, PrevPerm: {} })
  expect(findings(rule, [once('1'), once('2')])).toEqual([])
})
