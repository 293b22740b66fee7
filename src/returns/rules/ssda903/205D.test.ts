import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './205D.ts'

const child = (before: string, now: string) =>
  child903({ Header: { UASC: now }, lastYear: { Header: { UASC: before } } })

test.each(['0', ''])('last year "%s", this year 1', (before) => {
  expect(findings(rule, child(before, '1'))).toEqual(['Header 1 CHILD UASC'])
})

test.each([
  ['1', '1'],
  ['1', '0'],
  ['0', '0'],
  ['0', ''],
])('last year "%s", this year "%s" passes', (before, now) => {
  expect(findings(rule, child(before, now))).toEqual([])
})

test('a child who was not in last year’s return passes', () => {
  expect(findings(rule, child903({ Header: { UASC: '1' } }))).toEqual([])
  expect(findings(rule, child903({ Header: { UASC: '1' }, lastYear: { Header: [], Episodes: {} } }))).toEqual(
    [],
  )
})

test('without this year’s Header the UASC file tells, and its row is marked', () => {
  const before = { Header: { UASC: '0' } }
  const listed = (UASC: Record<string, string>) => child903({ Header: [], UASC, lastYear: before })
  expect(findings(rule, listed({ DUC: '14/05/2030' }))).toEqual(['UASC 1 CHILD'])
  expect(findings(rule, listed({ SEX: 'F', DOB: '' }))).toEqual(['UASC 1 CHILD'])
  expect(findings(rule, listed({ DOB: '14/05/2012' }))).toEqual([])
})

test('without last year’s Header the UASC file of that year tells', () => {
  const listed = (UASC: Record<string, string>) =>
    child903({ Header: { UASC: '1' }, lastYear: { Header: [], UASC } })
  expect(findings(rule, listed({ DUC: '14/05/2030' }))).toEqual([])
  expect(findings(rule, listed({ DOB: '14/05/2012' }))).toEqual(['Header 1 CHILD UASC'])
})
