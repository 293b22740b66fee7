import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8736.ts'

const child = (AssessmentActualStartDate: string, AssessmentAuthorisationDate = '') =>
  census({ CINdetails: { Assessments: [{ AssessmentActualStartDate, AssessmentAuthorisationDate }] } })

test.each(['2025-03-31', '2026-04-01', '', '2025-06-31'])('open, started on "%s"', (start) => {
  expect(findings(rule, child(start))).toEqual([
    'Assessments 1 AssessmentAuthorisationDate AssessmentActualStartDate',
  ])
})

test.each(['2025-04-01', '2026-03-31'])('open, started on %s: passes', (start) => {
  expect(findings(rule, child(start))).toEqual([])
})

test('authorised', () => {
  expect(findings(rule, child('2025-03-31', '2025-06-02'))).toEqual([])
  expect(findings(rule, child('', '2025-06-02'))).toEqual([])
})
