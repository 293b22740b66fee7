import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './132.ts'

const check = (ACTIV: string) => findings(rule, child903({ OC3: { ACTIV } }))

test.each(['', 'F3', 'P3', 'O', '1'])('"%s" fails', (code) => {
  expect(check(code)).toEqual(['OC3 1 ACTIV'])
})

test.each(['F1', 'P1', 'F2', 'P2', 'F4', 'P4', 'F5', 'P5', 'G4', 'G5', 'G6', '0'])('%s passes', (code) => {
  expect(check(code)).toEqual([])
})
