import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8950Q.ts'

const child = (...AssessmentFactors: string[]) =>
  census({ CINdetails: { Assessments: [{ AssessmentFactors }] } })

test.each(['19A', '19a'])('%s', (factor) => {
  expect(findings(rule, child('1A', factor))).toEqual(['Assessments 1 AssessmentFactors'])
})

test('19B, 19C, 18A, or none', () => {
  expect(findings(rule, child('19B', '19C', '18A'))).toEqual([])
  expect(findings(rule, child())).toEqual([])
})
