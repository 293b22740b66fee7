import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './INT04.ts'

test('a child without a Header row, each row told', () => {
  expect(findings(rule, child903({ Header: [], Missing: [{}, {}] }))).toEqual([
    'Missing 1 CHILD',
    'Missing 2 CHILD',
  ])
})

test('a Header row of last year is none', () => {
  expect(findings(rule, child903({ Header: [], Missing: {}, lastYear: { Header: {} } }))).toHaveLength(1)
})

test('with a Header row it passes', () => {
  expect(findings(rule, child903({ Missing: {} }))).toEqual([])
})
