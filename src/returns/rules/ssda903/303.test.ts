import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './303.ts'

const check = (marker: string, DUC = '14/05/2030') =>
  findings(rule, child903({ Header: { UASC: marker }, UASC: { DUC } }))

test.each(['0', '', 'YES'])('marked "%s"', (marker) => {
  expect(check(marker)).toEqual(['UASC 1 DUC, Header 1 UASC'])
})

test.each(['1', '1.0', '01'])('marked %s passes', (marker) => {
  expect(check(marker)).toEqual([])
})

test('a blank date passes, an unreadable one is filled in', () => {
  expect(check('0', '')).toEqual([])
  expect(check('0', '31/04/2030')).toHaveLength(1)
})

test('without a Header row, or without a UASC row', () => {
  expect(findings(rule, child903({ Header: [], UASC: { DUC: '14/05/2030' } }))).toEqual([])
  expect(findings(rule, child903({ Header: { UASC: '0' } }))).toEqual([])
})
