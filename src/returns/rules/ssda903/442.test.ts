import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './442.ts'

const check = (UPN: string, ...statuses: string[]) =>
  findings(rule, child903({ Header: { UPN }, Episodes: statuses.map((LS) => ({ LS })) }))

test('no UPN, and an episode that is no short break', () => {
  expect(check('', 'C2')).toEqual(['Header 1 UPN'])
  expect(check('', 'V3', 'C2')).toHaveLength(1)
  expect(check('', '')).toHaveLength(1)
})

test('a UPN or a reason for none, short breaks only, or no episode', () => {
  expect(check('H801200001001', 'C2')).toEqual([])
  expect(check('UN1', 'C2')).toEqual([])
  expect(check('', 'V3', 'V4')).toEqual([])
  expect(check('')).toEqual([])
})

test('last year does not count', () => {
  expect(findings(rule, child903({ lastYear: { Episodes: { LS: 'C2' } } }))).toEqual([])
})
