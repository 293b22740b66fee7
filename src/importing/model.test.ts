import { describe, expect, test } from 'vitest'
import {
  collectionYear,
  decide,
  digestOf,
  type Fact,
  type Held,
  Keys,
  periodOf,
  type Standing,
} from './model.ts'

const standing: Standing = { source: 'cin-census', period: '2025', rank: '2025', addsOnly: false }
const fact = (values: Fact['values'], more: Partial<Fact> = {}): Fact => ({
  ...{ table: 'referral', key: '2024-05-01', under: {}, others: {}, called: {}, row: 0 },
  ...more,
  values,
})
const held = (values: Held['values'], more: Partial<Held> = {}): Held => ({
  ...{ id: 'there', table: 'referral', key: '2024-05-01', byHand: false, statements: [] },
  ...more,
  values,
})
const said = (period: string, digest = 'other', source: Standing['source'] = 'cin-census') => ({
  source,
  period,
  rank: period,
  digest,
})
const what = (facts: Fact[], there: Held[], at = standing) =>
  decide(facts, there, at, () => 'new').map((change) => change.do)

describe('what a file changes', () => {
  const open = fact({ close_date: null })
  const closed = fact({ close_date: '2024-09-01' })

  test('what is not there is made; what differs is changed; what is the same is left', () => {
    expect(what([closed], [])).toEqual(['create'])
    expect(what([closed], [held({ close_date: null }, { statements: [said('2025')] })])).toEqual(['update'])
    expect(what([closed], [held({ close_date: '2024-09-01' })])).toEqual(['keep'])
  })

  test('the same as last time is not looked at again, whatever stands there now', () => {
    const there = held({ close_date: '2024-12-24' }, { statements: [said('2025', digestOf(closed))] })
    expect(decide([closed], [there], standing, () => 'new')).toMatchObject([{ do: 'keep', digest: null }])
  })

  test('a later year, and a worker’s hand, know more', () => {
    expect(what([open], [held({ close_date: '2025-05-01' }, { statements: [said('2026')] })])).toEqual([
      'keep',
    ])
    expect(what([open], [held({ close_date: '2025-05-01' }, { statements: [said('2024')] })])).toEqual([
      'update',
    ])
    expect(what([open], [held({ close_date: '2025-05-01' }, { byHand: true })])).toEqual(['keep'])
  })

  test('what this return alone had said goes; what another says too is only no longer this one’s', () => {
    const ours = held({}, { statements: [said('2025')] })
    const shared = held(
      {},
      { id: 'shared', key: 'k', statements: [said('2025'), said('2025', 'x', 'ssda903')] },
    )
    const theirs = held({}, { id: 'theirs', key: 'l', statements: [said('2024')] })
    expect(decide([], [ours, shared, theirs], standing, () => 'new')).toEqual([
      { do: 'withdraw', table: 'referral', id: 'there', alone: true },
      { do: 'withdraw', table: 'referral', id: 'shared', alone: false },
    ])
    expect(what([], [ours], { ...standing, addsOnly: true })).toEqual([])
  })

  test('a fact that belongs to another one now is changed', () => {
    const above = fact({}, { key: '2024-01-01' })
    const plan = fact({ a: 1 }, { table: 'cin_plan', key: 'p', under: { referral_id: above } })
    const there = held({}, { id: 'r', key: '2024-01-01' })
    const same = held({ a: 1, referral_id: 'r' }, { id: 'p', table: 'cin_plan', key: 'p' })
    expect(what([above, plan], [there, same])).toEqual(['keep', 'keep'])
    expect(what([above, plan], [there, { ...same, values: { a: 1, referral_id: 'another' } }])).toEqual([
      'keep',
      'update',
    ])
  })
})

test('a second fact told by the same gets a number', () => {
  const keys = new Keys()
  expect([keys.of('a', 'x'), keys.of('a', 'x'), keys.of('b', 'x'), keys.of('a', 'x')]).toEqual([
    'x',
    'x#2',
    'x',
    'x#3',
  ])
})

test('the collection year ends on 31 March', () => {
  expect(periodOf('2025-03-31')).toBe('2025')
  expect(periodOf('2025-04-01')).toBe('2026')
  expect(collectionYear('2025')).toBe('2024-25')
})
