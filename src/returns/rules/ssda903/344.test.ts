import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './344.ts'

const check = (IN_TOUCH: string, ACTIV: string, ACCOM: string) =>
  findings(rule, child903({ OC3: { IN_TOUCH, ACTIV, ACCOM } }))

test.each(['DIED', 'RHOM'])('%s with an activity or accommodation, or a blank', (inTouch) => {
  expect(check(inTouch, 'F2', '0')).toEqual(['OC3 1 IN_TOUCH ACTIV ACCOM'])
  expect(check(inTouch, '0', 'B1')).toHaveLength(1)
  expect(check(inTouch, '', '0')).toHaveLength(1)
  expect(check(inTouch, '0', '')).toHaveLength(1)
  expect(check(inTouch, '0', '0')).toEqual([])
})

test.each(['YES', 'NO', 'REFU', ''])('"%s" passes', (inTouch) => {
  expect(check(inTouch, 'F2', 'B1')).toEqual([])
})
