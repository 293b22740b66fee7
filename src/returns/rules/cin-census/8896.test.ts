import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8896.ts'

const assessments = (...dates: string[]) => ({
  Assessments: dates.map((AssessmentAuthorisationDate) => ({ AssessmentAuthorisationDate })),
})

test('two are open: only these are marked', () => {
  expect(findings(rule, census({ CINdetails: assessments('', '2025-06-02', '') }))).toEqual([
    'Assessments 1 AssessmentAuthorisationDate, Assessments 3 AssessmentAuthorisationDate',
  ])
})

test('one is open, or one in each of two episodes', () => {
  expect(findings(rule, census({ CINdetails: assessments('', '2025-06-02') }))).toEqual([])
  expect(findings(rule, census({ CINdetails: [assessments(''), assessments('')] }))).toEqual([])
})
