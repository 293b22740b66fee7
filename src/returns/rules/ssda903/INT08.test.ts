import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './INT08.ts'

test('a child without a Header row, each row told', () => {
  expect(findings(rule, child903({ Header: [], Reviews: [{}, {}] }))).toEqual([
    'Reviews 1 CHILD',
    'Reviews 2 CHILD',
  ])
})

test('a Header row of last year is none', () => {
  expect(findings(rule, child903({ Header: [], Reviews: {}, lastYear: { Header: {} } }))).toHaveLength(1)
})

test('with a Header row it passes', () => {
  expect(findings(rule, child903({ Reviews: {} }))).toEqual([])
})
