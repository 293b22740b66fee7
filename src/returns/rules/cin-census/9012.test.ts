import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './9012.ts'

const year = { year: '2026-27' }
const child = (CourtAppDate: string, StepDecisionDate = '') =>
  census({ CINdetails: { PreProceedingsandFGDM: [{ CourtAppDate, StepDecisionDate }] } })
const marked = ['PreProceedingsandFGDM 1 CourtAppDate StepDecisionDate']

test.each(['2026-03-31', '2027-04-01'])('%s is outside the year', (applied) => {
  expect(findings(rule, child(applied), year)).toEqual(marked)
})

test.each(['2026-04-01', '2027-03-31'])('%s is in the year', (applied) => {
  expect(findings(rule, child(applied), year)).toEqual([])
})

test('before the decision; on its day passes', () => {
  expect(findings(rule, child('2026-06-01', '2026-06-02'), year)).toEqual(marked)
  expect(findings(rule, child('2026-06-02', '2026-06-02'), year)).toEqual([])
})

test('blank', () => {
  expect(findings(rule, child('', '2026-06-02'), year)).toEqual([])
})
