import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './197a.ts'

const check = (SDQ_SCORE: string, SDQ_REASON: string) =>
  findings(rule, child903({ OC2: { SDQ_SCORE, SDQ_REASON } }))

test('both', () => {
  expect(check('0', 'SDQ1')).toEqual(['OC2 1 SDQ_SCORE SDQ_REASON'])
  expect(check('X', 'X')).toHaveLength(1)
})

test('one or none', () => {
  expect(check('0', '')).toEqual([])
  expect(check('', 'SDQ1')).toEqual([])
  expect(check('', '')).toEqual([])
})
