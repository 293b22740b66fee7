import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8869.ts'

const child = (...lists: string[][]) =>
  census({ CINdetails: { Assessments: lists.map((AssessmentFactors) => ({ AssessmentFactors })) } })

test('21 with another', () => {
  expect(findings(rule, child(['21'], ['1A', '21']))).toEqual(['Assessments 2 AssessmentFactors'])
  expect(findings(rule, child(['21', 'X', '21']))).toHaveLength(1)
})

test('21 alone or twice, others alone, or none', () => {
  expect(findings(rule, child(['21'], ['21', '21'], ['1A', '2A'], []))).toEqual([])
})
