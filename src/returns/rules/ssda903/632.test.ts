import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './632.ts'

const check = (DATE_PERM: string, ...starts: string[]) =>
  findings(
    rule,
    child903({
      PrevPerm: { DATE_PERM },
      Episodes: (starts.length > 0 ? starts : ['15/06/2025']).map((DECOM) => ({ DECOM })),
    }),
  )
const marked = ['PrevPerm 1 DATE_PERM, Episodes 1 DECOM']

test('on the day care started, not the day before', () => {
  expect(check('15/06/2025')).toEqual(marked)
  expect(check('16/06/2025')).toEqual(marked)
  expect(check('14/06/2025')).toEqual([])
})

test('with unknown parts the latest day it could be counts', () => {
  expect(check('ZZ/05/2025')).toEqual([])
  expect(check('ZZ/06/2025')).toEqual(marked)
  expect(check('ZZ/ZZ/2024')).toEqual([])
  expect(check('ZZ/ZZ/2025')).toEqual(marked)
  expect(check('ZZ/ZZ/ZZZZ')).toEqual([])
})

test.each(['31/06/2020', '2020-06-01', 'ZZ/13/2020', '01/06/ZZ', '2020', 'Z1'])('%s is no date', (text) => {
  expect(check(text)).toEqual(marked)
})

test('blank passes', () => {
  expect(check('')).toEqual([])
})

test('the first episode of the year counts, on a tie the first in the file', () => {
  expect(check('14/06/2025', '15/06/2025', '14/06/2025')).toEqual(['PrevPerm 1 DATE_PERM, Episodes 2 DECOM'])
  expect(check('15/06/2025', '15/06/2025', '15/06/2025')).toEqual(marked)
})

test('without an episode that has a date nothing is looked at', () => {
  expect(check('16/06/2025', '31/06/2025')).toEqual([])
  expect(findings(rule, child903({ PrevPerm: { DATE_PERM: '2020' } }))).toEqual([])
})
