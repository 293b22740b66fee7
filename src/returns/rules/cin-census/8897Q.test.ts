import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8897Q.ts'

const child = (AssessmentAuthorisationDate: string, ...AssessmentFactors: string[]) =>
  census({ CINdetails: { Assessments: [{ AssessmentAuthorisationDate, AssessmentFactors }] } })
const marked = ['Assessments 1 AssessmentAuthorisationDate AssessmentFactors']

test('no factors', () => {
  expect(findings(rule, child('2025-06-02'))).toEqual(marked)
})

test.each(['7B', '1a', '18', 'NONE', '22'])('%s is no code', (factor) => {
  expect(findings(rule, child('2025-06-02', '1A', factor))).toEqual(marked)
})

test('codes of the set, old ones too', () => {
  expect(findings(rule, child('2025-06-02', '1A', '18A', '19C', '24A'))).toEqual([])
  expect(findings(rule, child('2025-06-02', '21'))).toEqual([])
})

test('from the first day of the year on', () => {
  expect(findings(rule, child('2025-04-01'))).toEqual(marked)
  expect(findings(rule, child('2026-04-01'))).toEqual(marked)
  expect(findings(rule, child('2025-03-31'))).toEqual([])
  expect(findings(rule, child(''))).toEqual([])
})
