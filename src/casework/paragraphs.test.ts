import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { marks, namedIn, paragraphsOf, versionFor } from './paragraphs.ts'

const plain = { origin: 'worker', about: undefined, childMayRead: true, parentMayRead: true }

describe('a note’s paragraphs', () => {
  test('an empty line parts them; without a mark it is what the worker saw, and both may read it', () => {
    expect(paragraphsOf('Ana was well.\r\n\r\nThe house\nwas warm.\n\n\n')).toEqual([
      { ...plain, words: 'Ana was well.' },
      { ...plain, words: 'The house\nwas warm.' },
    ])
  })
  test('what outsiders told is kept from child and parent', () => {
    for (const word of ['police', 'neighbour'])
      expect(paragraphsOf(`[${word}] He came back at night.`)[0]).toMatchObject({
        words: 'He came back at night.',
        childMayRead: false,
        parentMayRead: false,
      })
    expect(paragraphsOf('[Police] Seen.')[0]!.origin).toBe('police')
    expect(paragraphsOf('[mum] She said so.')[0]).toMatchObject({ origin: 'parent', parentMayRead: true })
  })
  test('several marks may stand together', () => {
    expect(paragraphsOf('[school][not for parents] [about Ben] He is hungry.')).toEqual([
      { words: 'He is hungry.', origin: 'school', about: 'Ben', childMayRead: true, parentMayRead: false },
    ])
  })
  test('other brackets are words, and so is a mark with nothing after it', () => {
    expect(paragraphsOf('[sic] She says.')).toEqual([{ ...plain, words: '[sic] She says.' }])
    expect(paragraphsOf('[police]')).toEqual([{ ...plain, words: '[police]' }])
  })
  test('no word is lost, whatever is typed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', ' ', '\n', '\n\n', '[police]', '[about Ben]', '[', ']', 'zz')),
        (parts) => {
          const typed = parts.join('')
          const kept = paragraphsOf(typed)
            .map(({ words }) => words)
            .join('')
          const letters = (text: string) => [...text].filter((one) => /[az]/.test(one)).join('')
          const withoutMarks = typed.replaceAll('[police]', '').replaceAll('[about Ben]', '')
          expect(letters(kept).length).toBeGreaterThanOrEqual(letters(withoutMarks).length)
        },
      ),
    )
  })
  test('each mark is one that is read', () => {
    for (const { word, origin } of marks)
      expect(paragraphsOf(`[${word}] Words.`)[0]).toMatchObject({
        words: 'Words.',
        origin: origin ?? 'worker',
      })
  })
})

const ana = { id: 'a', name: 'Ana Wren' }
const ben = { id: 'b', name: 'Ben Wren' }

test('a name is found as a word of its own', () => {
  const names = (words: string) => namedIn({ ...plain, words } as never, [ana, ben])
  expect(names('Ana’s room')).toEqual(['a'])
  expect(names('Bananas for Benjamin')).toEqual([])
  expect(names('ANA and ben')).toEqual(['a', 'b'])
})

test('what is about another child alone is left out of this child’s note', () => {
  const shared = paragraphsOf('Both well.\n\n[about Ben] He has a cough.\n\n[about Mum] She is tired.')
  const words = (child: typeof ana) => versionFor(shared, child, [ana, ben]).map((one) => one.words)
  expect(words(ana)).toEqual(['Both well.', 'She is tired.'])
  expect(words(ben)).toEqual(['Both well.', 'He has a cough.', 'She is tired.'])
})
