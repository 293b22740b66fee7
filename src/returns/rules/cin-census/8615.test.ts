import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8615.ts'

const child = (S47ActualStartDate: string, DateOfInitialCPC: string) =>
  census({ CINdetails: { Section47: [{ S47ActualStartDate, DateOfInitialCPC }] } })
const marked = ['Section47 1 S47ActualStartDate DateOfInitialCPC']

test('starts later, or not at all', () => {
  expect(findings(rule, child('2025-06-03', '2025-06-02'))).toEqual(marked)
  expect(findings(rule, child('', '2025-06-02'))).toEqual(marked)
})

test('the same day passes, and so does an enquiry without a conference', () => {
  expect(findings(rule, child('2025-06-02', '2025-06-02'))).toEqual([])
  expect(findings(rule, child('2025-06-03', ''))).toEqual([])
  expect(findings(rule, child('', ''))).toEqual([])
})
