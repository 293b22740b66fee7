import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './1006.ts'

const check = (MISSING: string) => findings(rule, child903({ Missing: { MISSING } }))

test.each(['X', 'MA', '1'])('%s fails', (code) => {
  expect(check(code)).toEqual(['Missing 1 MISSING'])
})

test.each(['M', 'A', ''])('"%s" passes', (code) => {
  expect(check(code)).toEqual([])
})
