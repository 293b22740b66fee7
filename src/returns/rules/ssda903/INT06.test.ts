import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './INT06.ts'

test('a child without a Header row, each row told', () => {
  expect(findings(rule, child903({ Header: [], OC3: [{}, {}] }))).toEqual(['OC3 1 CHILD', 'OC3 2 CHILD'])
})

test('a Header row of last year is none', () => {
  expect(findings(rule, child903({ Header: [], OC3: {}, lastYear: { Header: {} } }))).toHaveLength(1)
})

test('with a Header row it passes', () => {
  expect(findings(rule, child903({ OC3: {} }))).toEqual([])
})
