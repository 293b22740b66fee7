import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8873Q.ts'

const child = (ReasonForClosure: string, ...lists: string[][]) =>
  census({
    CINdetails: {
      ReasonForClosure,
      Assessments: lists.map((AssessmentFactors) => ({ AssessmentFactors })),
    },
  })

test.each(['RC7', ''])('closed for "%s"', (reason) => {
  expect(findings(rule, child(reason, ['21']))).toEqual([
    'Assessments 1 AssessmentFactors, CINdetails 1 ReasonForClosure',
  ])
})

test.each(['RC8', 'RC9'])('closed for %s', (reason) => {
  expect(findings(rule, child(reason, ['21']))).toEqual([])
})

test('21 beside another counts, others alone do not', () => {
  expect(findings(rule, child('', ['1A', '21']))).toHaveLength(1)
  expect(findings(rule, child('', ['1A']))).toEqual([])
  expect(findings(rule, child('', []))).toEqual([])
})

test('two assessments in the episode', () => {
  expect(findings(rule, child('', ['21'], ['21']))).toEqual([])
})
