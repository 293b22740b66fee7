import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './217.ts'

const child = (PLACE: string, RNE: string, DECOM = '01/04/2015') =>
  child903({ Episodes: { PLACE, RNE, DECOM } })

test.each(['P', 'L', 'B', ''])('RNE "%s" does not suit', (RNE) => {
  expect(findings(rule, child('A3', RNE))).toEqual(['Episodes 1 PLACE DECOM RNE'])
  expect(findings(rule, child('A5', RNE))).toHaveLength(1)
})

test.each(['S', 'T', 'U'])('RNE %s suits', (RNE) => {
  expect(findings(rule, child('A3', RNE))).toEqual([])
})

test('before 1 April 2015, and without a date, it passes', () => {
  expect(findings(rule, child('A3', 'P', '31/03/2015'))).toEqual([])
  expect(findings(rule, child('A3', 'P', ''))).toEqual([])
  expect(findings(rule, child('A3', 'P', '31/04/2015'))).toEqual([])
})

test('with other carers it passes', () => {
  expect(findings(rule, child('A4', 'P'))).toEqual([])
  expect(findings(rule, child('A6', 'P'))).toEqual([])
})
