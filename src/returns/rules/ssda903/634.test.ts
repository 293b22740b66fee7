import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './634.ts'

const check = (PrevPerm: Record<string, string>, ...starts: string[]) =>
  findings(rule, child903({ PrevPerm, Episodes: starts.map((DECOM) => ({ DECOM })) }))
const marked = 'PrevPerm 1 LA_PERM PREV_PERM DATE_PERM'

test('the latest episode began before 1 April 2016, not on that day', () => {
  expect(check({ PREV_PERM: 'P1' }, '31/03/2016')).toEqual([`${marked}, Episodes 1 DECOM`])
  expect(check({ PREV_PERM: 'P1' }, '01/04/2016')).toEqual([])
})

test('one episode from then on is enough; all episodes are told', () => {
  expect(check({ PREV_PERM: 'P1' }, '31/03/2016', '01/05/2025', '01/01/2015')).toEqual([])
  expect(check({ PREV_PERM: 'P1' }, '31/03/2016', '31/06/2020')).toEqual([
    `${marked}, Episodes 1 DECOM, Episodes 2 DECOM`,
  ])
})

test.each(['PREV_PERM', 'LA_PERM', 'DATE_PERM'])('%s is enough', (field) => {
  expect(check({ [field]: 'Z1' }, '31/03/2016')).toHaveLength(1)
})

test('nothing filled in, or no episode with a date', () => {
  expect(check({}, '31/03/2016')).toEqual([])
  expect(check({ PREV_PERM: 'P1' })).toEqual([])
  expect(check({ PREV_PERM: 'P1' }, '31/06/2015')).toEqual([])
})
