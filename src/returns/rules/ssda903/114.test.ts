import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './114.ts'

const check = (FOSTER_CARE: string) => findings(rule, child903({ AD1: { FOSTER_CARE } }))

test.each(['2', 'Y', '1.0'])('%s fails', (code) => {
  expect(check(code)).toEqual(['AD1 1 FOSTER_CARE'])
})

test.each(['0', '1', ''])('"%s" passes', (code) => {
  expect(check(code)).toEqual([])
})
