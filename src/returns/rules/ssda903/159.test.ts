import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './159.ts'

const check = (SUBSTANCE_MISUSE: string, INTERVENTION_RECEIVED: string, INTERVENTION_OFFERED: string) =>
  findings(rule, child903({ OC2: { SUBSTANCE_MISUSE, INTERVENTION_RECEIVED, INTERVENTION_OFFERED } }))

test('found, not received, and blank whether offered', () => {
  expect(check('1', '0', '')).toEqual(['OC2 1 SUBSTANCE_MISUSE INTERVENTION_RECEIVED INTERVENTION_OFFERED'])
})

test.each([
  ['1', '0', '0'],
  ['1', '0', '1'],
  ['1', '1', ''],
  ['1', '', ''],
  ['0', '0', ''],
  ['', '0', ''],
])('found "%s", received "%s", offered "%s" passes', (found, received, offered) => {
  expect(check(found, received, offered)).toEqual([])
})
