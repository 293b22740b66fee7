import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './1012.ts'

test.each(['PlacedAdoption', 'Missing', 'Reviews', 'AD1', 'PrevPerm', 'OC2'] as const)(
  '%s without an episode',
  (table) => {
    expect(findings(rule, child903({ [table]: [{}, {}] }))).toEqual([`${table} 1 CHILD`, `${table} 2 CHILD`])
    expect(findings(rule, child903({ [table]: {}, Episodes: {} }))).toEqual([])
  },
)

test.each(['OC3', 'UASC'] as const)('%s may be sent without an episode', (table) => {
  expect(findings(rule, child903({ [table]: {} }))).toEqual([])
})

test('an episode last year is not enough', () => {
  expect(findings(rule, child903({ Reviews: {}, lastYear: { Episodes: {} } }))).toHaveLength(1)
})
