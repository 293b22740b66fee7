import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8867.ts'

const child = (CINclosureDate: string, ...dates: string[]) =>
  census({
    CINdetails: {
      CINclosureDate,
      Assessments: dates.map((AssessmentAuthorisationDate) => ({ AssessmentAuthorisationDate })),
    },
  })

test('each assessment that is still open', () => {
  expect(findings(rule, child('2025-06-02', '', '2025-05-02', '2025-06-31'))).toEqual([
    'CINdetails 1 CINclosureDate, Assessments 1 AssessmentAuthorisationDate',
    'CINdetails 1 CINclosureDate, Assessments 3 AssessmentAuthorisationDate',
  ])
})

test('authorised, without assessments, or not closed', () => {
  expect(findings(rule, child('2025-06-02', '2025-05-02'))).toEqual([])
  expect(findings(rule, child('2025-06-02'))).toEqual([])
  expect(findings(rule, child('', ''))).toEqual([])
})

test('only its own episode counts', () => {
  const two = census({ CINdetails: [{ CINclosureDate: '2025-06-02' }, { Assessments: [{}] }] })
  expect(findings(rule, two)).toEqual([])
})
