import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './393.ts'

const check = (header: Record<string, string>, statuses: string[], year = '2025-26') =>
  findings(rule, child903({ Header: header, Episodes: statuses.map((LS) => ({ LS })) }), { year })
const marked = ['Header 1 MOTHER']

test.each([
  ['2022-23', '2', 'F'],
  ['2023-24', '2', 'F'],
  ['2024-25', 'F', '2'],
  ['2025-26', 'F', '2'],
])('in %s a girl is %s', (year, female, other) => {
  expect(check({ SEX: female }, ['C2'], year)).toEqual(marked)
  expect(check({ SEX: other }, ['C2'], year)).toEqual([])
})

test('it is said, or the child is no girl', () => {
  expect(check({ SEX: 'F', MOTHER: '0' }, ['C2'])).toEqual([])
  expect(check({ SEX: 'F', MOTHER: '1' }, ['C2'])).toEqual([])
  expect(check({ SEX: 'M' }, ['C2'])).toEqual([])
  expect(check({ SEX: '' }, ['C2'])).toEqual([])
})

test('one episode that is no short break is enough, and a blank is none', () => {
  expect(check({ SEX: 'F' }, ['V3', 'C2'])).toEqual(marked)
  expect(check({ SEX: 'F' }, [''])).toEqual(marked)
  expect(check({ SEX: 'F' }, ['V3', 'V4'])).toEqual([])
  expect(check({ SEX: 'F' }, [])).toEqual([])
})
