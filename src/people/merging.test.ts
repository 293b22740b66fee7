import { expect, test } from 'vitest'
import { differences, doubts, type Side } from './merging.ts'

const side = (more: Partial<Side> & { born?: string | null; sex?: string; died?: string } = {}): Side => ({
  id: 'one',
  about: {
    sex: more.sex ?? 'F',
    born: more.born === undefined ? '2014-05-06' : more.born,
    bornEstimated: false,
    expected: null,
    died: more.died ?? null,
    pronouns: null,
  },
  name: 'Ana Marsh',
  home: null,
  characteristics: null,
  more: [],
  ...more,
})
const none = { apart: undefined, workers: [null, null] as const, restricted: false }

test('what one of two leaves unsaid, or both say alike, is no question', () => {
  expect(differences(side(), side({ born: null, sex: 'U', home: 'FX1 2AB' }))).toEqual([])
  const asked = differences(
    side({ home: 'FX1 2AB' }),
    side({ born: '2014-06-05', name: 'Anna Marsh', home: 'FX3 4CD' }),
  )
  expect(asked.map(({ field, one, other }) => [field, one, other])).toEqual([
    ['name', 'Ana Marsh', 'Anna Marsh'],
    ['person.date_of_birth', '6 May 2014', '5 Jun 2014'],
    ['home', 'FX1 2AB', 'FX3 4CD'],
  ])
})

test.each<[string, Side, Partial<Parameters<typeof doubts>[2]>, RegExp]>([
  ['born years apart', side({ born: '2010-01-01' }), {}, /more than a year apart/],
  ['of another sex', side({ sex: 'M' }), {}, /differ in sex/],
  ['one has died', side({ died: '2026-01-01' }), {}, /has died/],
  ['told apart before', side(), { apart: 'cousins' }, /found two people: cousins/],
  ['two workers', side(), { workers: ['Sam Okoro', 'Lee Marsh'] }, /Sam Okoro and Lee Marsh/],
  ['one restricted', side(), { restricted: true }, /lose sight/],
])('a doubt is said: %s', (_, other, more, says) => {
  expect(doubts(side(), other, { ...none, ...more })).toEqual([expect.stringMatching(says)])
})

test('two that are alike raise no doubt', () => {
  expect(
    doubts(side(), side({ sex: 'U', born: '2014-05-07' }), { ...none, workers: ['Sam Okoro', 'Sam Okoro'] }),
  ).toEqual([])
})
