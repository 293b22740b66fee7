import { describe, expect, test } from 'vitest'
import type { Told } from './for-you-store.ts'
import { linesOf } from './telling.ts'

const happened = (id: string, person: string, more: Partial<Told> = {}): Told => ({
  id,
  kind: 'happened',
  person,
  about: `event-${id}`,
  by: 'Wendy Marsh',
  madeAt: new Date('2026-11-25T03:00:00Z'),
  readAt: null,
  event: 'child-seen',
  happenedOn: '2026-11-25',
  fact: { seen_alone: false },
  ...more,
})
const families = new Map([
  ['rowan', 'rowan'],
  ['ash', 'rowan'],
])

describe('what somebody was told, in lines', () => {
  test('the same of sisters and brothers is one line; of another family, by somebody else, or read before, it is not', () => {
    const lines = linesOf(
      [
        happened('1', 'rowan'),
        happened('2', 'ash'),
        happened('3', 'skye'),
        happened('4', 'rowan', { by: 'Sam Okoro' }),
        happened('5', 'ash', { readAt: new Date() }),
      ],
      families,
    )
    expect(lines.map(({ ids }) => ids)).toEqual([['1', '2'], ['3'], ['4'], ['5']])
    expect(lines[0]).toMatchObject({
      people: ['rowan', 'ash'],
      says: 'Seen at a visit',
      asked: false,
      read: false,
    })
  })

  test('what was asked leads to where it is answered; what this version does not know is left out', () => {
    const lines = linesOf(
      [
        happened('1', 'rowan', { kind: 'transfer-asked', event: null, fact: null, about: 't1' }),
        happened('2', 'rowan', { kind: 'constructor', event: null, fact: null }),
        happened('3', 'rowan', { fact: null }),
      ],
      families,
    )
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatchObject({ asked: true, lead: { href: '/transfers/t1' } })
  })
})
