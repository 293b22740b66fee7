import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './434.ts'

const before = {
  DECOM: '01/05/2025',
  LS: 'C1',
  PLACE: 'U1',
  PL_POST: 'AA1 1AA',
  URN: 'SC111111',
  PLACE_PROVIDER: 'PR1',
}
const after = { ...before, DECOM: '01/06/2025', LS: 'C2', RNE: 'L' }
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

test('the legal status has changed and nothing else', () => {
  expect(check({})).toEqual([])
})

test('the legal status has not changed', () => {
  expect(check({ LS: 'C1' })).toEqual(marked)
  expect(check({ LS: '' }, { LS: '' })).toEqual([])
  expect(check({ LS: '' })).toEqual([])
})

test.each(['PLACE', 'PL_POST', 'URN', 'PLACE_PROVIDER'])('%s has changed', (field) => {
  expect(check({ [field]: 'X' })).toEqual(marked)
  expect(check({ [field]: '' })).toEqual(marked)
  expect(check({}, { [field]: '' })).toEqual(marked)
  expect(check({ [field]: '' }, { [field]: '' })).toEqual([])
})

test('other reasons, and the first episode, pass', () => {
  for (const RNE of ['S', 'P', 'T', 'U', 'B', '']) expect(check({ RNE, LS: 'C1' })).toEqual([])
  expect(findings(rule, child903({ Episodes: { ...before, RNE: 'L' } }))).toEqual([])
})
