import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8863Q.ts'

const assessments = (...pairs: [start: string, authorised: string][]) =>
  census({
    CINdetails: {
      Assessments: pairs.map(([start, end]) => ({
        AssessmentActualStartDate: start,
        AssessmentAuthorisationDate: end,
      })),
    },
  })
const second =
  'Assessments 2 AssessmentActualStartDate, Assessments 1 AssessmentActualStartDate AssessmentAuthorisationDate'
const first =
  'Assessments 1 AssessmentActualStartDate, Assessments 2 AssessmentActualStartDate AssessmentAuthorisationDate'

test('starts while the other is going, or on the day it is authorised', () => {
  expect(findings(rule, assessments(['2025-05-01', '2025-06-10'], ['2025-05-20', '2025-07-01']))).toEqual([
    second,
  ])
  expect(findings(rule, assessments(['2025-05-01', '2025-06-10'], ['2025-06-10', '2025-07-01']))).toEqual([
    second,
  ])
})

test('the day after passes', () => {
  expect(findings(rule, assessments(['2025-05-01', '2025-06-10'], ['2025-06-11', '2025-07-01']))).toEqual([])
})

test('an open one is in the way up to the reference date', () => {
  expect(findings(rule, assessments(['2025-05-01', ''], ['2026-03-31', '']))).toEqual([second])
  expect(findings(rule, assessments(['2025-05-01', ''], ['2026-04-01', '']))).toEqual([])
})

test('the same start: each is in the way of the other, exact doubles too', () => {
  expect(findings(rule, assessments(['2025-05-01', '2025-06-10'], ['2025-05-01', '2025-06-10']))).toEqual([
    first,
    second,
  ])
})

test('without a start neither is compared', () => {
  expect(findings(rule, assessments(['', '2025-06-10'], ['2025-05-20', '']))).toEqual([])
})

test('in two episodes they do not meet', () => {
  const one = { AssessmentActualStartDate: '2025-05-01', AssessmentAuthorisationDate: '2025-06-10' }
  expect(findings(rule, census({ CINdetails: [{ Assessments: [one] }, { Assessments: [one] }] }))).toEqual([])
})

test('all that it meets are marked', () => {
  const three = assessments(['2025-05-01', '2025-06-10'], ['2025-05-02', '2025-06-10'], ['2025-06-01', ''])
  expect(findings(rule, three)[1]).toBe(
    'Assessments 3 AssessmentActualStartDate, Assessments 1 AssessmentActualStartDate AssessmentAuthorisationDate, Assessments 2 AssessmentActualStartDate AssessmentAuthorisationDate',
  )
})
