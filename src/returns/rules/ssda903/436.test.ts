import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './436.ts'

const before = {
  DECOM: '01/05/2025',
  LS: 'C1',
  PLACE: 'U1',
  PL_POST: 'AA1 1AA',
  URN: 'SC111111',
  PLACE_PROVIDER: 'PR1',
}
const after = { ...before, DECOM: '01/06/2025', LS: 'C2', PLACE: 'U2', RNE: 'B' }
const check = (now: Record<string, string>, was: Record<string, string> = {}) =>
  findings(
    rule,
    child903({
      Episodes: [
        { ...before, ...was },
        { ...after, ...now },
      ],
    }),
  )
const marked = ['Episodes 2 RNE LS PLACE PL_POST URN PLACE_PROVIDER']

test('both have changed', () => {
  expect(check({})).toEqual([])
  expect(check({ RNE: 'U' })).toEqual([])
})

test('the legal status has not changed', () => {
  expect(check({ LS: 'C1' })).toEqual(marked)
  expect(check({ LS: 'C1', RNE: 'U' })).toEqual(marked)
  expect(check({ LS: '' }, { LS: '' })).toEqual(marked)
  expect(check({ LS: '' })).toEqual([])
})

test.each(['PLACE', 'PL_POST', 'URN', 'PLACE_PROVIDER'])('of the placement %s alone has changed', (field) => {
  const unchanged = { PLACE: 'U1' }
  expect(check(unchanged)).toEqual(marked)
  expect(check({ ...unchanged, [field]: 'X' })).toEqual([])
  expect(check({ ...unchanged, [field]: '' })).toEqual([])
  expect(check({ ...unchanged, [field]: '' }, { [field]: '' })).toEqual(marked)
})

test('other reasons, and the first episode, pass', () => {
  for (const RNE of ['S', 'L', 'P', 'T', '']) expect(check({ RNE, LS: 'C1' })).toEqual([])
  expect(findings(rule, child903({ Episodes: { ...before, RNE: 'B' } }))).toEqual([])
})
