import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './158.ts'

const check = (INTERVENTION_RECEIVED: string, INTERVENTION_OFFERED: string) =>
  findings(rule, child903({ OC2: { INTERVENTION_RECEIVED, INTERVENTION_OFFERED } }))

test.each(['0', '1', 'X'])('received, and offered %s', (offered) => {
  expect(check('1', offered)).toEqual(['OC2 1 INTERVENTION_RECEIVED INTERVENTION_OFFERED'])
})

test.each([
  ['1', ''],
  ['0', '1'],
  ['', '1'],
])('received "%s" and offered "%s" passes', (received, offered) => {
  expect(check(received, offered)).toEqual([])
})
