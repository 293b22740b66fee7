import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './9008.ts'

const year = { year: '2026-27' }
const child = (InitialPPMeetingDate: string) =>
  census({ CINdetails: { PreProceedingsandFGDM: [{ InitialPPMeetingDate }] } })

test.each(['2026-03-31', '2027-04-01'])('%s fails', (date) => {
  expect(findings(rule, child(date), year)).toEqual(['PreProceedingsandFGDM 1 InitialPPMeetingDate'])
})

test.each(['2026-04-01', '2027-03-31', ''])('"%s" passes', (date) => {
  expect(findings(rule, child(date), year)).toEqual([])
})
