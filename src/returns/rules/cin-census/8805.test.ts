import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8805.ts'

const child = (CINclosureDate: string, ReasonForClosure: string) =>
  census({ CINdetails: { CINclosureDate, ReasonForClosure } })

test('closed without a reason', () => {
  expect(findings(rule, child('2025-06-02', ''))).toEqual(['CINdetails 1 CINclosureDate ReasonForClosure'])
})

test('both, neither, or the reason alone', () => {
  expect(findings(rule, child('2025-06-02', 'X'))).toEqual([])
  expect(findings(rule, child('', ''))).toEqual([])
  expect(findings(rule, child('', 'RC7'))).toEqual([])
})
