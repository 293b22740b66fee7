import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8831.ts'

const child = (cin: Parameters<typeof census>[0]['CINdetails']) =>
  census({ CINdetails: { ReferralNFA: 'true', ...cin } })

test.each([
  [
    { Assessments: [{ AssessmentActualStartDate: '2025-06-02' }] },
    'Assessments 1 AssessmentActualStartDate AssessmentAuthorisationDate',
  ],
  [
    { Assessments: [{ AssessmentAuthorisationDate: '2025-06-02' }] },
    'Assessments 1 AssessmentActualStartDate AssessmentAuthorisationDate',
  ],
  [{ Section47: [{ S47ActualStartDate: '2025-06-02' }] }, 'Section47 1 S47ActualStartDate DateOfInitialCPC'],
  [{ Section47: [{ DateOfInitialCPC: '2025-06-02' }] }, 'Section47 1 S47ActualStartDate DateOfInitialCPC'],
])('%j', (cin, marked) => {
  expect(findings(rule, child(cin))).toEqual([`CINdetails 1 ReferralNFA, ${marked}`])
})

test('the conference of the episode itself', () => {
  expect(findings(rule, child({ DateOfInitialCPC: '2025-06-02', Section47: [{}] }))).toEqual([
    'CINdetails 1 DateOfInitialCPC ReferralNFA',
  ])
})

test('only groups with a date count', () => {
  expect(
    findings(rule, child({ Assessments: [{}], Section47: [{ InitialCPCtarget: '2025-06-02' }] })),
  ).toEqual([])
})

test.each(['0', 'false', ''])('"%s" is not tested', (ReferralNFA) => {
  expect(findings(rule, child({ ReferralNFA, DateOfInitialCPC: '2025-06-02' }))).toEqual([])
})

test('what is in another episode does not count', () => {
  const two = census({
    CINdetails: [{ ReferralNFA: '1' }, { Section47: [{ S47ActualStartDate: '2025-06-02' }] }],
  })
  expect(findings(rule, two)).toEqual([])
})
