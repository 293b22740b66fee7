import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './9010Q.ts'

const year = { year: '2026-27' }
const child = (FGDMMeetingOffer: string, FGDMMeetingFac: string) =>
  census({ CINdetails: { PreProceedingsandFGDM: [{ FGDMMeetingOffer, FGDMMeetingFac }] } })

test.each(['1', 'TRUE'])('offered (%s), and nothing said of it being held', (offer) => {
  expect(findings(rule, child(offer, ''), year)).toEqual([
    'PreProceedingsandFGDM 1 FGDMMeetingOffer FGDMMeetingFac',
  ])
})

test('something said, or not offered', () => {
  expect(findings(rule, child('1', '0'), year)).toEqual([])
  expect(findings(rule, child('0', ''), year)).toEqual([])
  expect(findings(rule, child('', ''), year)).toEqual([])
})
