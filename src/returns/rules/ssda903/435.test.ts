import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './435.ts'

const before = {
  DECOM: '01/05/2025',
  LS: 'C2',
  PLACE: 'U1',
  PL_POST: 'AA1 1AA',
  URN: 'SC111111',
  PLACE_PROVIDER: 'PR1',
}
const after = { ...before, DECOM: '01/06/2025', PLACE: 'U2', RNE: 'P' }
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
const marked = ['Episodes 2 LS PLACE PL_POST URN PLACE_PROVIDER']
const unchanged = { PLACE: 'U1' }

test('the placement has not changed', () => {
  expect(check(unchanged)).toEqual(marked)
  expect(check({ ...unchanged, RNE: 'T' })).toEqual(marked)
})

test.each(['PLACE', 'PL_POST', 'URN', 'PLACE_PROVIDER'])('%s alone has changed', (field) => {
  expect(check({ ...unchanged, [field]: 'X' })).toEqual([])
  expect(check({ ...unchanged, [field]: '' })).toEqual([])
  expect(check({ ...unchanged, [field]: '' }, { [field]: '' })).toEqual([])
})

test('the legal status has changed', () => {
  expect(check({ LS: 'C1' })).toEqual(marked)
  expect(check({ LS: '' })).toEqual(marked)
  expect(check({ LS: '' }, { LS: '' })).toEqual(marked)
})

test('other reasons, and the first episode, pass', () => {
  for (const RNE of ['S', 'L', 'U', 'B', '']) expect(check({ ...unchanged, RNE })).toEqual([])
  expect(findings(rule, child903({ Episodes: { ...before, RNE: 'P' } }))).toEqual([])
})
