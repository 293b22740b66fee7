import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8945Q.ts'

const child = (...AssessmentFactors: string[]) =>
  census({ CINdetails: { Assessments: [{ AssessmentFactors }] } })

test.each(['18A', '18a'])('%s', (factor) => {
  expect(findings(rule, child('1A', factor))).toEqual(['Assessments 1 AssessmentFactors'])
})

test('18B, 18C, 19A, or none', () => {
  expect(findings(rule, child('18B', '18C', '19A'))).toEqual([])
  expect(findings(rule, child())).toEqual([])
})
