import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './143.ts'

const check = (RNE: string) => findings(rule, child903({ Episodes: { RNE } }))

test.each(['X', 'SP', '1'])('%s fails', (code) => {
  expect(check(code)).toEqual(['Episodes 1 RNE'])
})

test.each(['S', 'P', 'L', 'T', 'U', 'B', ''])('"%s" passes', (code) => {
  expect(check(code)).toEqual([])
})
