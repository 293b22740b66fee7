import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './120.ts'

const check = (REASON_PLACED_CEASED: string) =>
  findings(rule, child903({ PlacedAdoption: { REASON_PLACED_CEASED } }))

test.each(['RD5', 'RD', '1'])('%s fails', (code) => {
  expect(check(code)).toEqual(['PlacedAdoption 1 REASON_PLACED_CEASED'])
})

test.each(['RD1', 'RD2', 'RD3', 'RD4', ''])('"%s" passes', (code) => {
  expect(check(code)).toEqual([])
})
