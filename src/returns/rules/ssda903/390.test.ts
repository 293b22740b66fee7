import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './390.ts'

const check = (PLACE: string, REC: string) => findings(rule, child903({ Episodes: { PLACE, REC } }))

test.each(['E11', 'E12'])('%s from another placement, or a blank', (REC) => {
  expect(check('U1', REC)).toEqual(['Episodes 1 PLACE REC'])
  expect(check('', REC)).toHaveLength(1)
})

test.each(['A3', 'A4', 'A5', 'A6'])('from %s passes', (place) => {
  expect(check(place, 'E11')).toEqual([])
})

test('other reasons pass', () => {
  expect(check('U1', 'E13')).toEqual([])
  expect(check('U1', '')).toEqual([])
})
