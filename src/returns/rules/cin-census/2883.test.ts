import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './2883.ts'

const child = (starts: string[], held: string[] = [], transferred = '') =>
  census({
    CINdetails: {
      DateOfInitialCPC: transferred,
      Section47: held.map((DateOfInitialCPC) => ({ DateOfInitialCPC })),
      ChildProtectionPlans: starts.map((CPPstartDate) => ({ CPPstartDate })),
    },
  })

test('more plans than conferences', () => {
  expect(findings(rule, child(['2025-06-02']))).toEqual(['the whole return'])
  expect(findings(rule, [child(['2025-06-02', '2025-07-02']), child([], ['2025-06-02'])])).toHaveLength(1)
})

test('as many, of enquiries and of episodes, of any child', () => {
  expect(
    findings(rule, [child(['2025-06-02', '2025-07-02']), child([], ['2025-08-02'], '2025-09-02')]),
  ).toEqual([])
})

test('the first and the last day of the year count, those around it do not', () => {
  expect(findings(rule, child(['2025-04-01']))).toHaveLength(1)
  expect(findings(rule, child(['2026-03-31']))).toHaveLength(1)
  expect(findings(rule, child(['2025-03-31', '2026-04-01', '']))).toEqual([])
  expect(findings(rule, child(['2025-04-01'], ['2025-03-31', ''], '2026-04-01'))).toHaveLength(1)
})
