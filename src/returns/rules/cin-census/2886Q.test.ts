import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './2886Q.ts'

const children = (howMany: number, identifiers: Record<string, string>) =>
  Array.from({ length: howMany }, () => census({ ChildIdentifiers: identifiers }))

test('more than two in a hundred', () => {
  expect(findings(rule, [...children(97, { Sex: 'F' }), ...children(3, { Sex: 'U' })])).toEqual([
    'the whole return',
  ])
  expect(findings(rule, [...children(97, { Sex: 'M' }), ...children(3, { Sex: '' })])).toHaveLength(1)
})

test('exactly two in a hundred passes', () => {
  expect(findings(rule, [...children(98, { Sex: 'F' }), ...children(2, { Sex: 'U' })])).toEqual([])
})

test('unborn children are not unknown', () => {
  const unborn = { Sex: 'U', ExpectedPersonBirthDate: '2026-05-20' }
  expect(findings(rule, [...children(5, { Sex: 'F' }), ...children(5, unborn)])).toEqual([])
})

test('up to 2023-24 the code is 0 in GenderCurrent', () => {
  const some = [...children(9, { GenderCurrent: '1' }), ...children(1, { GenderCurrent: '0' })]
  expect(findings(rule, some, { year: '2023-24' })).toEqual(['the whole return'])
  for (const GenderCurrent of ['1', '9'])
    expect(findings(rule, children(9, { GenderCurrent }), { year: '2023-24' })).toEqual([])
})

test('a return without children passes', () => {
  expect(findings(rule, [])).toEqual([])
})
