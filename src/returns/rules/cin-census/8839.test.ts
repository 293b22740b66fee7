import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8839.ts'

const child = (...enquiries: [DateOfInitialCPC: string, ICPCnotRequired: string][]) =>
  census({
    CINdetails: {
      Section47: enquiries.map(([DateOfInitialCPC, ICPCnotRequired]) => ({
        DateOfInitialCPC,
        ICPCnotRequired,
      })),
    },
  })

test('two wait: only these are marked', () => {
  expect(findings(rule, child(['', '0'], ['', '1'], ['', ''], ['2025-06-02', '0']))).toEqual([
    'Section47 1 DateOfInitialCPC, Section47 3 DateOfInitialCPC',
  ])
})

test('one waits, of the others one was held and one is not needed', () => {
  expect(findings(rule, child(['', '0'], ['', 'TRUE'], ['2025-06-02', '0']))).toEqual([])
})

test('one in each of two episodes', () => {
  expect(findings(rule, census({ CINdetails: [{ Section47: [{}] }, { Section47: [{}] }] }))).toEqual([])
})
