import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './9006.ts'

const year = { year: '2026-27' }
const child = (LBPSentDate: string, PPStartDate = '') =>
  census({ CINdetails: { PreProceedingsandFGDM: [{ LBPSentDate, PPStartDate }] } })
const marked = ['PreProceedingsandFGDM 1 LBPSentDate PPStartDate']

test.each(['2026-03-31', '2027-04-01'])('%s is outside the year', (sent) => {
  expect(findings(rule, child(sent), year)).toEqual(marked)
})

test.each(['2026-04-01', '2027-03-31'])('%s is in the year', (sent) => {
  expect(findings(rule, child(sent), year)).toEqual([])
})

test('before the start; on its day passes', () => {
  expect(findings(rule, child('2026-06-01', '2026-06-02'), year)).toEqual(marked)
  expect(findings(rule, child('2026-06-02', '2026-06-02'), year)).toEqual([])
})

test('blank', () => {
  expect(findings(rule, child('', '2026-06-02'), year)).toEqual([])
})
