import type { OriginCode } from '../people/origins.ts'

/** One paragraph of a note with its marks. */
export interface Paragraph {
  readonly words: string
  /** Who said it. */
  readonly origin: OriginCode
  /** Whom else it is about, as the worker wrote it. */
  readonly about: string | undefined
  readonly childMayRead: boolean
  readonly parentMayRead: boolean
}

interface Mark {
  /** As it stands in brackets before the paragraph: [mum]. */
  readonly word: string
  readonly text: string
  readonly origin?: OriginCode
  readonly childMayRead?: false
  readonly parentMayRead?: false
}

/**
 * The marks a paragraph may begin with, in brackets. None is ever required: a paragraph without one is what the worker
 * saw, and child and parent may read it. What outsiders told is kept from both until somebody decides otherwise.
 */
export const marks: readonly Mark[] = [
  { word: 'child', text: 'The child said it', origin: 'child' },
  { word: 'parent', text: 'A parent said it', origin: 'parent' },
  { word: 'family', text: 'Somebody in the family said it', origin: 'relative', parentMayRead: false },
  { word: 'school', text: 'School or nursery said it', origin: 'school' },
  { word: 'health', text: 'Health said it', origin: 'health' },
  {
    word: 'police',
    text: 'The police said it: asked before it is passed on',
    origin: 'police',
    childMayRead: false,
    parentMayRead: false,
  },
  {
    word: 'neighbour',
    text: 'Somebody outside the family said it',
    origin: 'public',
    childMayRead: false,
    parentMayRead: false,
  },
  { word: 'professional', text: 'Another professional said it', origin: 'professional' },
  { word: 'not for parents', text: 'Not for parents to read', parentMayRead: false },
  { word: 'not for the child', text: 'Not for the child to read', childMayRead: false },
]

const byWord = new Map(marks.map((mark) => [mark.word, mark]))

/** Words that mean a mark as people write them. */
const alsoSaid: Readonly<Record<string, string>> = {
  mum: 'parent',
  mother: 'parent',
  dad: 'parent',
  father: 'parent',
  mam: 'parent',
  nursery: 'school',
  'not for parent': 'not for parents',
  'not for child': 'not for the child',
}

const bracket = /^\s*\[([^\]\n]{1,60})\]\s*/

/**
 * Text as paragraphs, apart at an empty line, each with its marks: '[police] He was seen …' or '[about Dana]'. What
 * stands in other brackets is text and stays. Pure; loses no word.
 */
export function paragraphsOf(text: string): Paragraph[] {
  return text
    .replace(/\r\n?/g, '\n')
    .split(/\n[ \t]*\n+/)
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map(readMarks)
    .filter(({ words }) => words !== '')
}

function readMarks(typed: string): Paragraph {
  let words = typed
  let origin: OriginCode = 'worker'
  let about: string | undefined
  let childMayRead = true
  let parentMayRead = true
  for (;;) {
    const found = bracket.exec(words)
    if (!found) break
    const said = found[1]!.trim().toLowerCase()
    const mark = byWord.get(alsoSaid[said] ?? said)
    const aboutWhom = /^about\s+(.+)$/i.exec(found[1]!.trim())?.[1]
    if (!mark && !aboutWhom) break
    const rest = words.slice(found[0].length)
    // A mark and nothing after it: it is what was written.
    if (rest.trim() === '') break
    if (mark?.origin) origin = mark.origin
    if (mark?.childMayRead === false) childMayRead = false
    if (mark?.parentMayRead === false) parentMayRead = false
    if (aboutWhom) about = about ? `${about}, ${aboutWhom}` : aboutWhom
    words = rest
  }
  return { words, origin, about, childMayRead, parentMayRead }
}

/** Which of these people a paragraph names, by first name or by all of it: they are shown before one child's version is filed. */
export function namedIn(
  { words, about }: Paragraph,
  people: readonly { readonly id: string; readonly name: string }[],
): string[] {
  const text = ` ${words} ${about ?? ''} `.toLowerCase()
  return people
    .filter(({ name }) => {
      const first = name.toLowerCase().split(/\s+/)[0]!
      return first.length > 1 && new RegExp(`(?<!\\p{L})${literally(first)}(?!\\p{L})`, 'u').test(text)
    })
    .map(({ id }) => id)
}

const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/**
 * A shared text as one child's note has it: paragraphs marked as about another of the children of the write-up alone
 * are left out of it.
 */
export function versionFor<P extends Paragraph>(
  paragraphs: readonly P[],
  child: { readonly id: string; readonly name: string },
  children: readonly { readonly id: string; readonly name: string }[],
): P[] {
  return paragraphs.filter(({ about }) => {
    if (!about) return true
    const said = namedIn({ words: about, about: undefined } as Paragraph, children)
    return said.length === 0 || said.includes(child.id)
  })
}
