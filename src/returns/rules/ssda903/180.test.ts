import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './180.ts'

const check = (SDQ_SCORE: string) => findings(rule, child903({ OC2: { SDQ_SCORE } }))

test.each(['41', '-1', '39.5', 'TWELVE', '1E1'])('%s fails', (score) => {
  expect(check(score)).toEqual(['OC2 1 SDQ_SCORE'])
})

test.each(['0', '40', '20.0', '07', ''])('"%s" passes', (score) => {
  expect(check(score)).toEqual([])
})
