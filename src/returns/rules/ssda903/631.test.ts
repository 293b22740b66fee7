import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './631.ts'

const check = (PREV_PERM: string) => findings(rule, child903({ PrevPerm: { PREV_PERM } }))

test.each(['P5', 'Z', 'Z2', '1'])('%s', (code) => {
  expect(check(code)).toEqual(['PrevPerm 1 PREV_PERM'])
})

test.each(['P1', 'P2', 'P3', 'P4', 'Z1', ''])('"%s" passes', (code) => {
  expect(check(code)).toEqual([])
})
