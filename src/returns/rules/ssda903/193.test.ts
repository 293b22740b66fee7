import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './193.ts'

const check = (SUBSTANCE_MISUSE: string, INTERVENTION_RECEIVED: string, INTERVENTION_OFFERED: string) =>
  findings(rule, child903({ OC2: { SUBSTANCE_MISUSE, INTERVENTION_RECEIVED, INTERVENTION_OFFERED } }))

test.each(['0', ''])('found "%s", and something about help', (found) => {
  const marked = ['OC2 1 SUBSTANCE_MISUSE INTERVENTION_RECEIVED INTERVENTION_OFFERED']
  expect(check(found, '0', '')).toEqual(marked)
  expect(check(found, '', '0')).toEqual(marked)
  expect(check(found, '1', 'X')).toEqual(marked)
  expect(check(found, '', '')).toEqual([])
})

test.each(['1', 'X'])('found "%s" passes', (found) => {
  expect(check(found, '1', '')).toEqual([])
})
