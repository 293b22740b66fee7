import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './207.ts'

const child = (before: string, now: string, Episodes: Record<string, string>[] = [{}]) =>
  child903({ Header: { MOTHER: now }, Episodes, lastYear: { Header: { MOTHER: before } } })

test.each(['0', ''])('a mother last year, "%s" this year', (now) => {
  expect(findings(rule, child('1', now))).toEqual(['Header 1 MOTHER'])
})

test.each([
  ['1', '1'],
  ['0', '1'],
  ['0', ''],
  ['', '0'],
])('"%s" last year, "%s" this year passes', (before, now) => {
  expect(findings(rule, child(before, now))).toEqual([])
})

test('without an episode this year, or not in last year’s return', () => {
  expect(findings(rule, child('1', '0', []))).toEqual([])
  expect(findings(rule, child903({ Header: { MOTHER: '0' }, Episodes: {} }))).toEqual([])
})
