import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8868.ts'

const child = (CINclosureDate: string, DateOfInitialCPC: string, ICPCnotRequired: string) =>
  census({ CINdetails: { CINclosureDate, Section47: [{ DateOfInitialCPC, ICPCnotRequired }] } })

test.each(['0', 'false', ''])('no conference, not needed: "%s"', (notNeeded) => {
  expect(findings(rule, child('2025-06-02', '', notNeeded))).toEqual([
    'Section47 1 DateOfInitialCPC ICPCnotRequired, CINdetails 1 CINclosureDate',
  ])
})

test('held, not needed, or both', () => {
  expect(findings(rule, child('2025-06-02', '2025-05-02', '0'))).toEqual([])
  expect(findings(rule, child('2025-06-02', '', 'TRUE'))).toEqual([])
  expect(findings(rule, child('2025-06-02', '2025-05-02', '1'))).toEqual([])
})

test('not closed, or without enquiries', () => {
  expect(findings(rule, child('', '', '0'))).toEqual([])
  expect(findings(rule, census({ CINdetails: { CINclosureDate: '2025-06-02' } }))).toEqual([])
})

test('the conference of the episode itself is not that of the enquiry', () => {
  const cin = { CINclosureDate: '2025-06-02', DateOfInitialCPC: '2025-05-02', Section47: [{}] }
  expect(findings(rule, census({ CINdetails: cin }))).toHaveLength(1)
})
