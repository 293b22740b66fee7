import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './INT01.ts'

test('a child without a Header row, each row told', () => {
  expect(findings(rule, child903({ Header: [], AD1: [{}, {}] }))).toEqual(['AD1 1 CHILD', 'AD1 2 CHILD'])
})

test('a Header row of last year is none', () => {
  expect(findings(rule, child903({ Header: [], AD1: {}, lastYear: { Header: {} } }))).toHaveLength(1)
})

test('with a Header row it passes', () => {
  expect(findings(rule, child903({ AD1: {} }))).toEqual([])
})
