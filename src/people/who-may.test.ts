import { describe, expect, test } from 'vitest'
import { answerFor, type Matter, mayThey, type Standing } from './who-may.ts'

const stranger: Standing = {
  other: 'a',
  name: 'Lee Ackroyd',
  relation: null,
  fromOtherEnd: false,
  sameHome: false,
  responsible: false,
  limitedBy: null,
  posesRisk: false,
  arrangement: null,
}
const arranged = (more: Partial<NonNullable<Standing['arrangement']>>) => ({
  arrangement: {
    contact: null,
    collect: null,
    address: null,
    decidedBy: 'court-order' as const,
    words: null,
    ...more,
  },
})

/** address, contact, collect */
const all = (more: Partial<Standing>, kept = false) =>
  (['address', 'contact', 'collect'] as const)
    .map((matter) => answerFor(matter, { ...stranger, ...more }, { kept }).may)
    .join(' ')

describe('who may know, see, fetch', () => {
  test.each<[string, Partial<Standing>, boolean, string]>([
    ['whom nothing ties but a name', {}, false, 'ask ask ask'],
    ['who lives there and is responsible', { sameHome: true, responsible: true }, false, 'yes yes yes'],
    ['who lives there, an aunt', { sameHome: true }, false, 'yes yes ask'],
    ['a father elsewhere', { responsible: true }, false, 'yes yes ask'],
    ['a father elsewhere, the address kept', { responsible: true }, true, 'no yes ask'],
    [
      'a father limited by an order',
      { responsible: true, limitedBy: 'prohibited steps' },
      false,
      'ask ask ask',
    ],
    ['who may pose a risk', { responsible: true, posesRisk: true }, false, 'no ask no'],
    [
      'who may pose a risk and lives there',
      { sameHome: true, responsible: true, posesRisk: true },
      false,
      'ask ask no',
    ],
    [
      'who may pose a risk, though contact was agreed once',
      { posesRisk: true, ...arranged({ contact: 'yes', collect: 'yes', address: 'yes' }) },
      false,
      'no ask no',
    ],
    [
      'whom an order keeps away, father or not',
      { responsible: true, sameHome: true, ...arranged({ contact: 'no', address: 'no' }) },
      false,
      'no no no',
    ],
    [
      'who sees the child supervised',
      { responsible: true, ...arranged({ contact: 'supervised' }) },
      false,
      'yes ask no',
    ],
    ['a grandmother who fetches from school', arranged({ collect: 'yes' }), false, 'ask ask yes'],
    ['whom the address was told by decision', arranged({ address: 'yes' }), true, 'yes ask ask'],
  ])('%s', (_, one, kept, expected) => {
    expect(all(one, kept)).toBe(expected)
  })

  test('every answer says why', () => {
    for (const matter of ['address', 'contact', 'collect'] as Matter[])
      expect(answerFor(matter, stranger, { kept: true }).because).toMatch(/^[A-Z].{10}/)
  })

  test('whoever the record does not tie to the child is asked about, never a yes', () => {
    expect(mayThey({ kept: false, people: [] }, 'b', 'address').may).toBe('ask')
  })
})
