import { expect, test } from 'vitest'
import { entriesOfCare } from './reconciliation-entries.ts'
import { Comparison, type Entry } from './reconciliation-model.ts'

const referral = (key: string, codes: Record<string, string> = {}): Entry => ({
  ...{ module: 'Referrals', key, codes, days: {} },
})

test('what only one says and what both say differently is found, with the child; what is said twice is paired', () => {
  const comparison = new Comparison()
  comparison.child(
    'A',
    [
      referral('2024-05-01', { Source: '6' }),
      referral('2024-05-01', { Source: '2A' }),
      referral('2024-06-01'),
    ],
    [
      referral('2024-05-01', { Source: '2A' }),
      referral('2024-05-01', { Source: '6' }),
      referral('2024-07-01'),
    ],
  )
  comparison.child('B', [referral('2024-05-01', { Source: '6' })], [referral('2024-05-01', { Source: '7' })])
  expect(
    comparison.differences.map(({ child, kind, key, theirs, ours }) => [child, kind, key, theirs, ours]),
  ).toEqual([
    ['A', 'theirs-only', '2024-06-01', null, null],
    ['A', 'ours-only', '2024-07-01', null, null],
    ['B', 'differs', '2024-05-01', '6', '7'],
  ])
  expect(comparison.counts.map(({ field, code, theirs, ours }) => [field + code, theirs, ours])).toEqual([
    ['', 4, 4],
    ['Source2A', 1, 1],
    ['Source6', 2, 1],
    ['Source7', 0, 1],
  ])
})

test('who was looked after on 31 March, who began and who ceased follows from the episodes', () => {
  const episode = (values: Record<string, string>) => ({ table: 'Episodes', values })
  const modules = (...episodes: Record<string, string>[]) =>
    entriesOfCare(episodes.map(episode), '2025')
      .map(({ module }) => module)
      .filter((module) => module !== 'Episodes')
  const then = 'Looked after on 31 March'
  const began = 'Began to be looked after in the year'
  const ceased = 'Ceased to be looked after in the year'
  expect(modules({ DECOM: '2024-04-01', RNE: 'S' })).toEqual([then, began])
  expect(modules({ DECOM: '2024-03-31', RNE: 'S', DEC: '2025-04-01', REC: 'E4A' })).toEqual([then])
  expect(modules({ DECOM: '2024-03-31', RNE: 'S', DEC: '2025-03-31', REC: 'E4A' })).toEqual([ceased])
  expect(
    modules(
      { DECOM: '2024-03-31', RNE: 'S', DEC: '2024-09-01', REC: 'X1' },
      { DECOM: '2024-09-01', RNE: 'P' },
    ),
  ).toEqual([then])
  expect(modules({ DECOM: '2025-04-01', RNE: 'S' })).toEqual([])
})
