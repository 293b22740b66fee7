import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8675Q.ts'

const child = (S47ActualStartDate: string, ICPCnotRequired = '0', DateOfInitialCPC = '') =>
  census({ CINdetails: { Section47: [{ S47ActualStartDate, ICPCnotRequired, DateOfInitialCPC }] } })

test('15 working days before 31 March 2026 is 10 March', () => {
  expect(findings(rule, child('2026-03-10'))).toEqual([])
  expect(findings(rule, child('2026-03-09'))).toEqual([
    'Section47 1 DateOfInitialCPC S47ActualStartDate ICPCnotRequired',
  ])
})

test('bank holidays do not count: Good Friday 2024 falls before 31 March 2024', () => {
  expect(findings(rule, child('2024-03-08'), { year: '2023-24' })).toEqual([])
  expect(findings(rule, child('2024-03-07'), { year: '2023-24' })).toHaveLength(1)
})

test('a conference is needed: said with no, in any letter case', () => {
  expect(findings(rule, child('2025-06-02', 'FALSE'))).toHaveLength(1)
  expect(findings(rule, child('2025-06-02', '1'))).toEqual([])
  expect(findings(rule, child('2025-06-02', ''))).toEqual([])
})

test('held, or without a start', () => {
  expect(findings(rule, child('2025-06-02', '0', '2025-12-01'))).toEqual([])
  expect(findings(rule, child(''))).toEqual([])
})
