import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './380.ts'

const check = (PLACE: string, RNE: string) => findings(rule, child903({ Episodes: { PLACE, RNE } }))

test.each(['S', 'L', 'T', 'U', ''])('RNE "%s" does not lead there', (RNE) => {
  expect(check('T0', RNE)).toEqual(['Episodes 1 PLACE RNE'])
  expect(check('T4', RNE)).toHaveLength(1)
})

test.each(['P', 'B'])('RNE %s does', (RNE) => {
  expect(check('T1', RNE)).toEqual([])
})

test('other placements pass', () => {
  expect(check('U1', 'S')).toEqual([])
  expect(check('', 'S')).toEqual([])
})
