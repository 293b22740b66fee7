import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './345.ts'

const check = (IN_TOUCH: string, ACTIV: string, ACCOM: string) =>
  findings(rule, child903({ OC3: { IN_TOUCH, ACTIV, ACCOM } }))

test('one of the two is 0', () => {
  expect(check('YES', '0', 'B1')).toEqual(['OC3 1 IN_TOUCH ACTIV ACCOM'])
  expect(check('YES', 'F2', '0')).toHaveLength(1)
})

test('known, or blank', () => {
  expect(check('YES', 'F2', 'B1')).toEqual([])
  expect(check('YES', '', '')).toEqual([])
})

test.each(['NO', 'DIED', ''])('"%s" passes', (inTouch) => {
  expect(check(inTouch, '0', '0')).toEqual([])
})
