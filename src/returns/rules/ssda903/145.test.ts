import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './145.ts'

const check = (CIN: string) => findings(rule, child903({ Episodes: { CIN } }))

test.each(['N0', 'N9', 'N', '1'])('%s fails', (code) => {
  expect(check(code)).toEqual(['Episodes 1 CIN'])
})

test.each(['N1', 'N2', 'N3', 'N4', 'N5', 'N6', 'N7', 'N8', ''])('"%s" passes', (code) => {
  expect(check(code)).toEqual([])
})
