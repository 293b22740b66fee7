import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './348.ts'

const check = (before: string, now: string) =>
  findings(rule, child903({ OC3: { IN_TOUCH: now }, lastYear: { OC3: { IN_TOUCH: before } } }))

test.each(['YES', 'RHOM', ''])('died last year, "%s" this year', (now) => {
  expect(check('DIED', now)).toEqual(['OC3 1 IN_TOUCH'])
})

test('died in both years, or alive last year', () => {
  expect(check('DIED', 'DIED')).toEqual([])
  expect(check('YES', 'DIED')).toEqual([])
  expect(check('', 'YES')).toEqual([])
})

test('in one of the years only', () => {
  expect(findings(rule, child903({ OC3: { IN_TOUCH: 'YES' } }))).toEqual([])
  expect(findings(rule, child903({ lastYear: { OC3: { IN_TOUCH: 'DIED' } } }))).toEqual([])
})
