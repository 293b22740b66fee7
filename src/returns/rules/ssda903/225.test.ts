import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './225.ts'

const check = (ended: Record<string, string> = {}, begun: Record<string, string> = {}) =>
  findings(
    rule,
    child903({
      Episodes: [
        { DECOM: '01/05/2025', PLACE: 'U1', REC: 'X1', ...ended },
        { DECOM: '01/06/2025', PLACE: 'U4', RNE: 'P', ...begun },
      ],
    }),
  )

test.each(['P', 'B', 'T', 'U'])('the next episode has RNE %s', (RNE) => {
  expect(check({}, { RNE })).toEqual(['Episodes 1 REASON_PLACE_CHANGE'])
})

test.each(['L', 'S', ''])('RNE "%s" needs no reason', (RNE) => {
  expect(check({}, { RNE })).toEqual([])
})

test('with a reason, or when care ended', () => {
  expect(check({ REASON_PLACE_CHANGE: 'CARPL' })).toEqual([])
  expect(check({ REC: 'E3' })).toEqual([])
  expect(check({ REC: '' })).toEqual([])
})

test.each(['T0', 'T1', 'T2', 'T3', 'T4'])('to %s and back needs no reason', (PLACE) => {
  expect(check({ PLACE })).toEqual([])
  expect(check({}, { PLACE })).toEqual([])
})

test('the last episode passes; the order is that of the dates', () => {
  expect(findings(rule, child903({ Episodes: { REC: 'X1', PLACE: 'U1', RNE: 'P' } }))).toEqual([])
  expect(check({ DECOM: '01/07/2025' }, { REC: 'X1', RNE: 'S' })).toEqual([])
  expect(check({ DECOM: '01/07/2025', RNE: 'P' }, { REC: 'X1' })).toEqual(['Episodes 2 REASON_PLACE_CHANGE'])
})
