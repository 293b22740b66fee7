import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './9015Q.ts'

const year = { year: '2026-27' }
const child = (InitialPPMeetingDate: string, ReviewMeetingsCount: string) =>
  census({ CINdetails: { PreProceedingsandFGDM: [{ InitialPPMeetingDate, ReviewMeetingsCount }] } })

test('held, and nothing said of reviews', () => {
  expect(findings(rule, child('2026-06-02', ''), year)).toEqual([
    'PreProceedingsandFGDM 1 InitialPPMeetingDate ReviewMeetingsCount',
  ])
})

test('a number, or not held', () => {
  expect(findings(rule, child('2026-06-02', '0'), year)).toEqual([])
  expect(findings(rule, child('', ''), year)).toEqual([])
})
