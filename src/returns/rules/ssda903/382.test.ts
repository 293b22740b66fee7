import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './382.ts'

const check = (LS: string, PLACE: string) => findings(rule, child903({ Episodes: { LS, PLACE } }))

test.each(['T0', 'T1', 'T2', 'T3', 'T4'])('a short break in %s', (place) => {
  expect(check('V3', place)).toEqual(['Episodes 1 LS PLACE'])
  expect(check('V4', place)).toHaveLength(1)
})

test('another legal status, none, or another placement', () => {
  expect(check('V2', 'T1')).toEqual([])
  expect(check('', 'T1')).toEqual([])
  expect(check('V3', 'U1')).toEqual([])
})
