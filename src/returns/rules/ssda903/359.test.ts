import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './359.ts'

const child = (DOB: string, episode: Record<string, string>) =>
  child903({ Header: { DOB }, Episodes: { DECOM: '01/06/2020', LS: 'C2', PLACE: 'U1', ...episode } })
const marked = ['Episodes 1 DEC LS PLACE']

test('18 before the last day and still open', () => {
  expect(findings(rule, child('30/03/2008', {}))).toEqual(marked)
})

test('18 on the last day passes', () => {
  expect(findings(rule, child('31/03/2008', {}))).toEqual([])
})

test('V2 in K2 passes, but neither alone', () => {
  expect(findings(rule, child('01/01/2008', { LS: 'V2', PLACE: 'K2' }))).toEqual([])
  expect(findings(rule, child('01/01/2008', { LS: 'V2' }))).toEqual(marked)
  expect(findings(rule, child('01/01/2008', { PLACE: 'K2' }))).toEqual(marked)
})

test('an unreadable DEC is not blank', () => {
  expect(findings(rule, child('01/01/2008', { DEC: '99/99/2026' }))).toEqual([])
})

test('without a date of birth, and without a Header row, it passes', () => {
  expect(findings(rule, child('', {}))).toEqual([])
  expect(findings(rule, child903({ Header: [], Episodes: { DECOM: '01/06/2020' } }))).toEqual([])
})
