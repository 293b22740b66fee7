import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './175.ts'

const check = (NB_ADOPTR: string) => findings(rule, child903({ AD1: { NB_ADOPTR } }))

test.each(['0', '3', '1.0', 'TWO'])('%s fails', (code) => {
  expect(check(code)).toEqual(['AD1 1 NB_ADOPTR'])
})

test.each(['1', '2', ''])('"%s" passes', (code) => {
  expect(check(code)).toEqual([])
})
