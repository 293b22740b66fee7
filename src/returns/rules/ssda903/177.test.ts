import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './177.ts'

const check = (LS_ADOPTR: string) => findings(rule, child903({ AD1: { LS_ADOPTR } }))

test.each(['L1', 'L13', 'L5', '0'])('%s fails', (code) => {
  expect(check(code)).toEqual(['AD1 1 LS_ADOPTR'])
})

test.each(['L0', 'L11', 'L12', 'L2', 'L3', 'L4', ''])('"%s" passes', (code) => {
  expect(check(code)).toEqual([])
})
