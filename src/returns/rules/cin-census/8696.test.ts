import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8696.ts'

const child = (AssessmentAuthorisationDate: string) =>
  census({ CINdetails: { Assessments: [{ AssessmentAuthorisationDate }] } })

test.each(['2025-03-31', '2026-04-01'])('%s fails', (date) => {
  expect(findings(rule, child(date))).toEqual(['Assessments 1 AssessmentAuthorisationDate'])
})

test.each(['2025-04-01', '2026-03-31', ''])('"%s" passes', (date) => {
  expect(findings(rule, child(date))).toEqual([])
})
