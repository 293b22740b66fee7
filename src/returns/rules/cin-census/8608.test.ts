import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8608.ts'

const child = (AssessmentActualStartDate: string, AssessmentAuthorisationDate: string) =>
  census({ CINdetails: { Assessments: [{ AssessmentActualStartDate, AssessmentAuthorisationDate }] } })

test('the day before', () => {
  expect(findings(rule, child('2025-06-02', '2025-06-01'))).toEqual([
    'Assessments 1 AssessmentActualStartDate AssessmentAuthorisationDate',
  ])
})

test('the same day passes, and so do blanks', () => {
  expect(findings(rule, child('2025-06-02', '2025-06-02'))).toEqual([])
  expect(findings(rule, child('2025-06-02', ''))).toEqual([])
  expect(findings(rule, child('', '2025-06-01'))).toEqual([])
})
