import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8740.ts'

const child = (S47ActualStartDate: string, ICPCnotRequired = '0', DateOfInitialCPC = '') =>
  census({ CINdetails: { Section47: [{ S47ActualStartDate, ICPCnotRequired, DateOfInitialCPC }] } })
const marked = ['Section47 1 S47ActualStartDate DateOfInitialCPC ICPCnotRequired']

test.each(['2025-03-31', '2026-04-01'])('started on %s', (start) => {
  expect(findings(rule, child(start))).toEqual(marked)
})

test.each(['2025-04-01', '2026-03-31', ''])('started on "%s": passes', (start) => {
  expect(findings(rule, child(start))).toEqual([])
})

test('a conference is needed: said with no, in any letter case', () => {
  expect(findings(rule, child('2025-03-31', 'False'))).toEqual(marked)
  expect(findings(rule, child('2025-03-31', '1'))).toEqual([])
  expect(findings(rule, child('2025-03-31', ''))).toEqual([])
})

test('the conference was held', () => {
  expect(findings(rule, child('2025-03-31', '0', '2025-04-02'))).toEqual([])
})
