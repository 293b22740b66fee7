import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './192.ts'

const check = (SUBSTANCE_MISUSE: string, INTERVENTION_RECEIVED: string) =>
  findings(rule, child903({ OC2: { SUBSTANCE_MISUSE, INTERVENTION_RECEIVED } }))

test('found, and blank whether help was received', () => {
  expect(check('1', '')).toEqual(['OC2 1 SUBSTANCE_MISUSE INTERVENTION_RECEIVED'])
})

test.each([
  ['1', '0'],
  ['1', '1'],
  ['1', 'X'],
  ['0', ''],
  ['', ''],
])('found "%s", received "%s" passes', (found, received) => {
  expect(check(found, received)).toEqual([])
})
