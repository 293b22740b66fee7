import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8614.ts'

const child = (AssessmentAuthorisationDate: string, ...AssessmentFactors: string[]) =>
  census({ CINdetails: { Assessments: [{ AssessmentAuthorisationDate, AssessmentFactors }] } })
const marked = ['Assessments 1 AssessmentAuthorisationDate AssessmentFactors']

test('factors of an open assessment', () => {
  expect(findings(rule, child('', '1A'))).toEqual(marked)
  expect(findings(rule, child('2025-06-31', '1A', '2B'))).toEqual(marked)
})

test('authorised, or without factors', () => {
  expect(findings(rule, child('2025-06-02', '1A'))).toEqual([])
  expect(findings(rule, child(''))).toEqual([])
})
