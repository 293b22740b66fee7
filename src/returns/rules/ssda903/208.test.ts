import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './208.ts'

const [upn, other] = ['H801200001001', 'A801200001001']
const child = (before: string, now: string) =>
  child903({ Header: { UPN: now }, lastYear: { Header: { UPN: before } } })

test.each([
  [upn, other],
  [upn, ''],
  [upn, 'UN1'],
  ['UN4', 'UN3'],
  ['UN2', 'UN1'],
  ['UN1', ''],
  ['UN5', ''],
  ['', 'UN1'],
])('from "%s" to "%s" fails', (before, now) => {
  expect(findings(rule, child(before, now))).toEqual(['Header 1 UPN'])
})

test.each([
  [upn, upn],
  ['', ''],
  ['UN1', 'UN1'],
  ['UN1', 'UN2'],
  ['UN1', 'UN5'],
  ['', 'UN4'],
  ['UN1', upn],
  ['UN3', upn],
  ['', upn],
])('from "%s" to "%s" passes', (before, now) => {
  expect(findings(rule, child(before, now))).toEqual([])
})

test('a child who was not in last year’s return passes', () => {
  expect(findings(rule, child903({ Header: { UPN: 'UN1' } }))).toEqual([])
})
