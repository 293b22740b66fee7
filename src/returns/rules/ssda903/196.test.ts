import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './196.ts'

const check = (SDQ_REASON: string) => findings(rule, child903({ OC2: { SDQ_REASON } }))

test.each(['SDQ0', 'SDQ6', 'SDQ', '1'])('%s fails', (code) => {
  expect(check(code)).toEqual(['OC2 1 SDQ_REASON'])
})

test.each(['SDQ1', 'SDQ2', 'SDQ3', 'SDQ4', 'SDQ5', ''])('"%s" passes', (code) => {
  expect(check(code)).toEqual([])
})
