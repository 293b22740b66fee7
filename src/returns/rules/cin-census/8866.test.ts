import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8866.ts'

const child = (CINreferralDate: string, ReferralSource: string) =>
  census({ CINdetails: { CINreferralDate, ReferralSource } })

test.each(['', '1a', '1', '11', '5E'])('source "%s" fails', (source) => {
  expect(findings(rule, child('2025-06-02', source))).toEqual(['CINdetails 1 CINreferralDate ReferralSource'])
})

test.each(['1A', '4', '5D', '10'])('source %s passes', (source) => {
  expect(findings(rule, child('2025-06-02', source))).toEqual([])
})

test('from 1 April 2013 on', () => {
  expect(findings(rule, child('2013-04-01', ''))).toHaveLength(1)
  expect(findings(rule, child('2013-03-31', ''))).toEqual([])
  expect(findings(rule, child('', ''))).toEqual([])
})
