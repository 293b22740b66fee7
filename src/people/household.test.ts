import { expect, test } from 'vitest'
import { householdLanes, merged } from './household.ts'
import type { Tie } from './relatives.ts'

const tie = (self: string, other: string, homeFrom: string | null, homeTo: string | null = null) =>
  ({ self, other, name: other, homeFrom, homeTo }) as Tie

const lanes = (ties: Tie[], shared: { other: string; from: string | null; to: string | null }[] = []) => {
  const sights = new Map(ties.map(({ other }) => [other, 'open' as const]))
  return householdLanes(['me'], [], ties, shared, new Map([...sights, ['sealed', 'hidden']]), new Map()).map(
    ({ name, spans }) => [name, ...spans.map(({ from, to }) => `${from} ${to ?? 'now'}`)].join(': '),
  )
}

test('who lived with a person comes from the relationship and from the addresses, touching stretches as one', () => {
  expect(
    lanes(
      [tie('me', 'mum', '2015-01-01', '2018-01-01')],
      [{ other: 'mum', from: '2018-01-01', to: '2019-01-01' }],
    ),
  ).toEqual(['mum: 2015-01-01 2019-01-01'])
  expect(
    merged([
      { from: '2020-01-01', to: null },
      { from: '2015-01-01', to: '2016-01-01' },
    ]),
  ).toHaveLength(2)
})

test('whoever lived with somebody of the home lived with the person, while both did', () => {
  expect(
    lanes([
      tie('me', 'mum', '2015-01-01', '2020-01-01'),
      tie('mum', 'marek', '2018-06-01'),
      tie('mum', 'lee', '2010-01-01', '2014-01-01'),
    ]),
  ).toEqual(['mum: 2015-01-01 2020-01-01', 'marek: 2018-06-01 2020-01-01'])
})

test('whoever must not be mentioned has no lane, and what has no day is not drawn', () => {
  expect(lanes([tie('me', 'gran', null)])).toEqual([])
  const hidden = householdLanes(
    ['me'],
    [],
    [tie('me', 'sealed', '2015-01-01')],
    [],
    new Map([['sealed', 'hidden']]),
    new Map(),
  )
  expect(hidden).toEqual([])
})
