import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './366.ts'

const check = (LS: string, RNE: string) => findings(rule, child903({ Episodes: { LS, RNE } }))

test.each(['P', 'L', ''])('RNE "%s"', (RNE) => {
  expect(check('V3', RNE)).toEqual(['Episodes 1 RNE'])
})

test('S passes, and so do other legal statuses', () => {
  expect(check('V3', 'S')).toEqual([])
  expect(check('V4', 'P')).toEqual([])
  expect(check('', 'P')).toEqual([])
})
