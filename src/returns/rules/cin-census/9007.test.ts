import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './9007.ts'

const year = { year: '2026-27' }
const child = (LBPSentDate: string, FGDMMeetingOffer: string) =>
  census({ CINdetails: { PreProceedingsandFGDM: [{ LBPSentDate, FGDMMeetingOffer }] } })

test('sent, and nothing said of the meeting', () => {
  expect(findings(rule, child('2026-06-02', ''), year)).toEqual([
    'PreProceedingsandFGDM 1 LBPSentDate FGDMMeetingOffer',
  ])
})

test('something said, or not sent', () => {
  expect(findings(rule, child('2026-06-02', '0'), year)).toEqual([])
  expect(findings(rule, child('', ''), year)).toEqual([])
})
