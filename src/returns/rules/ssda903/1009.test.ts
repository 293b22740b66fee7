import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './1009.ts'

const check = (REASON_PLACE_CHANGE: string) => findings(rule, child903({ Episodes: { REASON_PLACE_CHANGE } }))

test.each(['OTHR', 'CUSTODY', 'X1'])('%s fails', (code) => {
  expect(check(code)).toEqual(['Episodes 1 REASON_PLACE_CHANGE'])
})

test.each([
  ...['CARPL', 'CLOSE', 'ALLEG', 'STAND', 'APPRR', 'CREQB', 'CREQO'],
  ...['CHILD', 'LAREQ', 'PLACE', 'CUSTOD', 'OTHER', ''],
])('"%s" passes', (code) => {
  expect(check(code)).toEqual([])
})
