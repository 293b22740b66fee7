import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8670Q.ts'

const child = (AssessmentActualStartDate: string, AssessmentAuthorisationDate = '') =>
  census({ CINdetails: { Assessments: [{ AssessmentActualStartDate, AssessmentAuthorisationDate }] } })

test('45 working days before 31 March 2026 is 27 January', () => {
  expect(findings(rule, child('2026-01-27'))).toEqual([])
  expect(findings(rule, child('2026-01-26'))).toEqual([
    'Assessments 1 AssessmentAuthorisationDate AssessmentActualStartDate',
  ])
})

test('bank holidays do not count: Good Friday and Easter Monday 2024 fall before 31 March 2024', () => {
  expect(findings(rule, child('2024-01-25'), { year: '2023-24' })).toHaveLength(1)
  expect(findings(rule, child('2024-01-26'), { year: '2023-24' })).toEqual([])
})

test('authorised, or without a start', () => {
  expect(findings(rule, child('2025-06-02', '2025-12-01'))).toEqual([])
  expect(findings(rule, child(''))).toEqual([])
})
