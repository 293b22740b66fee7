import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8898.ts'

const child = (...lists: string[][]) =>
  census({ CINdetails: { Assessments: lists.map((AssessmentFactors) => ({ AssessmentFactors })) } })

test('a factor twice: the assessment is told once', () => {
  expect(findings(rule, child(['1A'], ['1A', '2A', '3A', '2A', '1A']))).toEqual([
    'Assessments 2 AssessmentFactors',
  ])
  expect(findings(rule, child(['1A', '1A']))).toHaveLength(1)
})

test('the same in two assessments, in another letter case, or none', () => {
  expect(findings(rule, child(['1A', '1B'], ['1A', '1a'], []))).toEqual([])
})
