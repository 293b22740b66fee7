import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './381.ts'

const check = (PLACE: string, REC: string) => findings(rule, child903({ Episodes: { PLACE, REC } }))

test.each(['T0', 'T1', 'T2', 'T3', 'T4'])('care ends in %s', (place) => {
  expect(check(place, 'E4A')).toEqual(['Episodes 1 PLACE REC'])
})

test('it goes on, or the placement is no temporary one', () => {
  expect(check('T1', 'X1')).toEqual([])
  expect(check('T1', '')).toEqual([])
  expect(check('U1', 'E4A')).toEqual([])
})
