import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './131.ts'

const check = (IN_TOUCH: string) => findings(rule, child903({ OC3: { IN_TOUCH } }))

test.each(['', 'Y', '0'])('"%s" fails', (code) => {
  expect(check(code)).toEqual(['OC3 1 IN_TOUCH'])
})

test.each(['YES', 'NO', 'DIED', 'REFU', 'NREQ', 'RHOM'])('%s passes', (code) => {
  expect(check(code)).toEqual([])
})
