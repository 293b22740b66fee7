import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8810.ts'

const child = (ReasonForClosure: string, CINclosureDate: string) =>
  census({ CINdetails: { ReasonForClosure, CINclosureDate } })
const marked = ['CINdetails 1 ReasonForClosure CINclosureDate']

test('a reason without a date', () => {
  expect(findings(rule, child('RC7', ''))).toEqual(marked)
  expect(findings(rule, child('RC7', '2025-06-31'))).toEqual(marked)
})

test('both, neither, or the date alone', () => {
  expect(findings(rule, child('RC7', '2025-06-02'))).toEqual([])
  expect(findings(rule, child('', ''))).toEqual([])
  expect(findings(rule, child('', '2025-06-02'))).toEqual([])
})
