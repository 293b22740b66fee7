import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './2885.ts'

const child = (starts: string[], held: string[], DateOfInitialCPC = '') =>
  census({
    CINdetails: {
      DateOfInitialCPC,
      Section47: held.map((date) => ({ DateOfInitialCPC: date, ICPCnotRequired: '1' })),
      ChildProtectionPlans: starts.map((CPPstartDate) => ({ CPPstartDate })),
    },
  })

test('on the day of one of several conferences', () => {
  expect(findings(rule, child(['2025-06-02'], ['', '2025-06-02', '2025-07-01']))).toEqual([])
})

test('on the day of none: the enquiries are marked', () => {
  expect(findings(rule, child(['2025-06-02'], ['2025-06-03', '']))).toEqual([
    'ChildProtectionPlans 1 CPPstartDate, Section47 1 DateOfInitialCPC, Section47 2 DateOfInitialCPC',
  ])
})

test('the enquiries are not marked when another plan of the episode began with one of them', () => {
  expect(findings(rule, child(['2025-06-02', '2025-09-01'], ['2025-06-02']))).toEqual([
    'ChildProtectionPlans 2 CPPstartDate',
  ])
})

test('enquiries stand before the conference of the episode, even those that need none', () => {
  expect(findings(rule, child(['2025-06-02'], [''], '2025-06-02'))).toHaveLength(1)
})

test('without enquiries it is the conference of the episode', () => {
  const marked = ['ChildProtectionPlans 1 CPPstartDate, CINdetails 1 DateOfInitialCPC']
  expect(findings(rule, child(['2025-06-02'], [], '2025-06-02'))).toEqual([])
  expect(findings(rule, child(['2025-06-02'], [], '2025-06-03'))).toEqual(marked)
  expect(findings(rule, child(['2025-06-02'], []))).toEqual(marked)
})

test('only plans that start in the year, its first and last day included', () => {
  expect(findings(rule, child(['2025-03-31', '2026-04-01', ''], []))).toEqual([])
  expect(findings(rule, child(['2025-04-01', '2026-03-31'], []))).toHaveLength(2)
})

test('an enquiry of another episode does not count', () => {
  const two = census({
    CINdetails: [
      { Section47: [{ DateOfInitialCPC: '2025-06-02' }] },
      { ChildProtectionPlans: [{ CPPstartDate: '2025-06-02' }] },
    ],
  })
  expect(findings(rule, two)).toEqual(['ChildProtectionPlans 1 CPPstartDate, CINdetails 2 DateOfInitialCPC'])
})
