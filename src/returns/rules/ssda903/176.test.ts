import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './176.ts'

const check = (SEX_ADOPTR: string) => findings(rule, child903({ AD1: { SEX_ADOPTR } }))

test.each(['M', 'F', 'FM', '1'])('%s fails', (code) => {
  expect(check(code)).toEqual(['AD1 1 SEX_ADOPTR'])
})

test.each(['M1', 'F1', 'MM', 'FF', 'MF', ''])('"%s" passes', (code) => {
  expect(check(code)).toEqual([])
})
