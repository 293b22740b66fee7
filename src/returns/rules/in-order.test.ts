import { expect, test } from 'vitest'
import { eachNext, inOrderOf, latestOf } from './in-order.ts'

interface Spell {
  name: string
  from: number
  to: number
}
const blank = undefined as unknown as number
const rows: Spell[] = [
  { name: 'unreadable', from: Number.NaN, to: 1 },
  { name: 'late', from: 30, to: 40 },
  { name: 'early, ends late', from: 10, to: 20 },
  { name: 'early, open', from: 10, to: blank },
  { name: 'early, ends early', from: 10, to: 15 },
  { name: 'late again', from: 30, to: 40 },
  { name: 'blank', from: blank, to: 1 },
]
const from = (row: Spell) => row.from
const to = (row: Spell) => row.to
const names = (list: readonly Spell[]) => list.map(({ name }) => name)

test('by date, without one last, on a tie as in the file', () => {
  expect(names(inOrderOf(rows, from))).toEqual([
    'early, ends late',
    'early, open',
    'early, ends early',
    'late',
    'late again',
    'unreadable',
    'blank',
  ])
})

test('on a tie by the second date', () => {
  expect(names(inOrderOf(rows, from, to)).slice(0, 4)).toEqual([
    'early, ends early',
    'early, ends late',
    'early, open',
    'late',
  ])
})

test('what is in order already is not copied', () => {
  const inOrder = inOrderOf(rows, from)
  expect(inOrderOf(inOrder, from)).toBe(inOrder)
})

test('each with the one before it', () => {
  const pairs: string[] = []
  eachNext(['a', 'b', 'c'], (before, now) => pairs.push(before + now))
  expect(pairs).toEqual(['ab', 'bc'])
})

test('the latest is the first in the file on a tie, and there is none without dates', () => {
  expect(latestOf(rows, from)?.name).toBe('late')
  expect(latestOf([rows[0]!, rows[6]!], from)).toBeUndefined()
})
