import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './384.ts'

const check = (LS: string, PLACE: string) => findings(rule, child903({ Episodes: { LS, PLACE } }))

test.each(['U1', 'U4'])('a short break in %s', (place) => {
  expect(check('V3', place)).toEqual(['Episodes 1 PLACE LS'])
  expect(check('V4', place)).toHaveLength(1)
})

test('another legal status, none, or other foster care', () => {
  expect(check('C2', 'U1')).toEqual([])
  expect(check('', 'U4')).toEqual([])
  expect(check('V3', 'U6')).toEqual([])
  expect(check('V4', '')).toEqual([])
})
