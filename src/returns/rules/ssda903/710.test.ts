import { expect, test } from 'vitest'
import { allPlacements, child903, findings } from '../testing.ts'
import rule from './710.ts'

const check = (
  { DECOM = '01/06/2026', DEC = '01/09/2026', PLACE = 'K1' }: Record<string, string>,
  DOLO_START = '01/07/2026',
  DOLO_END = '01/08/2026',
) =>
  findings(rule, child903({ Episodes: { DECOM, DEC, PLACE }, DoLo: { DOLO_START, DOLO_END } }), {
    year: '2026-27',
  })
const marked = ['DoLo 1 DOLO_START, Episodes 1 PLACE']

test('four placements, a blank is none of them', () => {
  expect(allPlacements.filter((PLACE) => check({ PLACE }).length > 0)).toEqual(['K1', 'K3', 'P1', 'R5'])
  expect(check({ PLACE: 'R5' })).toEqual(marked)
})

test('one day in common is enough', () => {
  expect(check({}, '01/09/2026', '01/10/2026')).toEqual(marked)
  expect(check({}, '02/09/2026', '01/10/2026')).toEqual([])
  expect(check({}, '01/05/2026', '01/06/2026')).toEqual(marked)
  expect(check({}, '01/05/2026', '31/05/2026')).toEqual([])
})

test('without a readable end the episode goes on', () => {
  expect(check({ DEC: '' }, '01/12/2026', '01/01/2027')).toEqual(marked)
  expect(check({ DEC: '31/09/2026' }, '01/12/2026', '01/01/2027')).toEqual(marked)
})

test('an order without a start or an end, or an episode without a start', () => {
  expect(check({}, '01/07/2026', '')).toEqual([])
  expect(check({ DEC: '' }, '', '01/08/2026')).toEqual([])
  expect(check({}, '01/07/2026', '32/08/2026')).toEqual([])
  expect(check({ DECOM: '' })).toEqual([])
})
