import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8890.ts'

const child = (...list: [S47ActualStartDate: string, DateOfInitialCPC: string, ICPCnotRequired?: string][]) =>
  census({
    CINdetails: {
      Section47: list.map(([S47ActualStartDate, DateOfInitialCPC, ICPCnotRequired = '0']) => ({
        S47ActualStartDate,
        DateOfInitialCPC,
        ICPCnotRequired,
      })),
    },
  })
const first = 'Section47 1 S47ActualStartDate, Section47 2 S47ActualStartDate DateOfInitialCPC'
const second = 'Section47 2 S47ActualStartDate, Section47 1 S47ActualStartDate DateOfInitialCPC'

test('before the other’s conference, or on its day', () => {
  expect(findings(rule, child(['2025-05-01', '2025-05-20'], ['2025-05-10', '2025-06-01']))).toEqual([second])
  expect(findings(rule, child(['2025-05-01', '2025-05-20'], ['2025-05-20', '2025-06-01']))).toEqual([second])
})

test('the day after passes', () => {
  expect(findings(rule, child(['2025-05-01', '2025-05-20'], ['2025-05-21', '']))).toEqual([])
})

test.each(['0', ''])(
  'one that waits for its conference is in the way up to the reference date (needed: "%s")',
  (no) => {
    expect(findings(rule, child(['2025-05-01', '', no], ['2026-03-31', '']))).toEqual([second])
    expect(findings(rule, child(['2025-05-01', '', no], ['2026-04-01', '']))).toEqual([])
  },
)

test('one that needs no conference is not in the way, but the later one may be such', () => {
  expect(findings(rule, child(['2025-05-01', '', 'TRUE'], ['2025-06-01', '']))).toEqual([])
  expect(findings(rule, child(['2025-05-01', ''], ['2025-06-01', '', '1']))).toEqual([second])
  expect(findings(rule, child(['2025-05-01', '2025-05-20', '1'], ['2025-05-10', '']))).toEqual([second])
})

test('the same start: each is in the way of the other, exact doubles too', () => {
  expect(findings(rule, child(['2025-05-01', '2025-05-20'], ['2025-05-01', '2025-05-20']))).toEqual([
    first,
    second,
  ])
})

test('without a start neither is compared', () => {
  expect(findings(rule, child(['', '2025-05-20'], ['2025-05-10', '']))).toEqual([])
})

test('in two episodes they do not meet', () => {
  const one = { Section47: [{ S47ActualStartDate: '2025-05-01' }] }
  expect(findings(rule, census({ CINdetails: [one, one] }))).toEqual([])
})
