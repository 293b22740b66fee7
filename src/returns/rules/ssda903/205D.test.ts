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

test('without this year’s Header table the UASC file tells, and its row is marked', () => {
  const check = (UASC: Record<string, string>) =>
    findings(rule, child903({ Header: [], UASC, lastYear: { Header: { UASC: '0' } } }), {
      tables: new Set(['UASC', 'Header_last', 'UASC_last']),
    })
  expect(check({ DUC: '14/05/2030' })).toEqual(['UASC 1 CHILD'])
  expect(check({ SEX: 'F', DOB: '' })).toEqual(['UASC 1 CHILD'])
  expect(check({ DOB: '14/05/2012' })).toEqual([])
})

test('without last year’s Header table the UASC file of that year tells', () => {
  const check = (UASC: Record<string, string> | []) =>
    findings(rule, child903({ Header: { UASC: '1' }, lastYear: { Header: [], UASC } }), {
      tables: new Set(['Header', 'UASC', 'UASC_last']),
    })
  expect(check({ DUC: '14/05/2030' })).toEqual([])
  expect(check({ DOB: '14/05/2012' })).toEqual(['Header 1 CHILD UASC'])
  expect(check([])).toEqual([])
})

test('of a child who is not in the Header table the marker is blank', () => {
  const UASC = { DUC: '14/05/2030' }
  expect(findings(rule, child903({ Header: [], UASC, lastYear: { Header: { UASC: '0' } } }))).toEqual([])
  expect(findings(rule, child903({ Header: { UASC: '1' }, lastYear: { Header: [], UASC } }))).toEqual([])
})
