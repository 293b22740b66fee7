import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './635.ts'

const check = (PrevPerm: Record<string, string>) => findings(rule, child903({ PrevPerm }))
const marked = ['PrevPerm 1 LA_PERM DATE_PERM PREV_PERM']

test.each(['Z1', ''])('a date or an authority with "%s"', (PREV_PERM) => {
  expect(check({ PREV_PERM, LA_PERM: '201' })).toEqual(marked)
  expect(check({ PREV_PERM, DATE_PERM: 'ZZ/ZZ/2015' })).toEqual(marked)
  expect(check({ PREV_PERM, LA_PERM: '201', DATE_PERM: '01/06/2015' })).toEqual(marked)
})

test('neither, or with a kind', () => {
  expect(check({ PREV_PERM: 'Z1' })).toEqual([])
  expect(check({})).toEqual([])
  expect(check({ PREV_PERM: 'P1', LA_PERM: '201', DATE_PERM: '01/06/2015' })).toEqual([])
})
