import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './226.ts'

const child = (PLACE: string, before: string, own: string) =>
  child903({
    Episodes: [
      { DECOM: '01/06/2025', PLACE, REASON_PLACE_CHANGE: own },
      { DECOM: '01/05/2025', PLACE: 'U1', REASON_PLACE_CHANGE: before },
      { DECOM: '01/07/2025', PLACE: 'U1', REASON_PLACE_CHANGE: 'CARPL' },
    ],
  })

test.each(['T0', 'T1', 'T2', 'T3', 'T4'])('%s with a reason, or behind one', (PLACE) => {
  const marked = ['Episodes 1 REASON_PLACE_CHANGE PLACE']
  expect(findings(rule, child(PLACE, '', 'CARPL'))).toEqual(marked)
  expect(findings(rule, child(PLACE, 'CARPL', ''))).toEqual(marked)
  expect(findings(rule, child(PLACE, 'CARPL', 'CARPL'), { year: '2022-23' })).toEqual(marked)
})

test('no reason in either, or no temporary placement', () => {
  expect(findings(rule, child('T1', '', ''))).toEqual([])
  expect(findings(rule, child('U4', 'CARPL', 'CARPL'))).toEqual([])
})

test('the first episode has none before it', () => {
  expect(findings(rule, child903({ Episodes: { PLACE: 'T1' } }))).toEqual([])
  expect(findings(rule, child903({ Episodes: { PLACE: 'T1', REASON_PLACE_CHANGE: 'X' } }))).toHaveLength(1)
})
