import { z } from 'zod'
import { choice, day, ids, optionalChoice, optionalText, text, tick, time } from '../web/form.ts'
import type { Day } from '../web/words.ts'
import {
  type NoteKind,
  type NotePlace,
  noteKinds,
  notePlaces,
  notSeenReasons,
  type VisitKind,
  visitKinds,
} from './note-kinds.ts'
import { namedIn, type Paragraph, paragraphsOf, versionFor } from './paragraphs.ts'

const codesOf = <T extends object>(words: T) =>
  Object.keys(words) as [keyof T & string, ...(keyof T & string)[]]

/** How a child was seen at a visit. */
export const seenWords = {
  alone: 'Seen alone',
  'with-others': 'Seen, others there',
  'not-seen': 'Not seen',
} as const

const mostWords = 100_000

/** A visit or note as it is typed, for the child whose record it is opened from and any number of the others. */
export const noteSchema = z.object({
  kind: choice(codesOf(noteKinds), 'Choose what kind of note it is'),
  when: day('Say when it was', { notAfterToday: 'A note tells of what has happened: today or before' }),
  at: time('Say at what time'),
  where: optionalChoice(codesOf(notePlaces)),
  whereWords: optionalText(200),
  others: ids(),
  child: z
    .record(
      z.string(),
      z.object({
        seen: optionalChoice(codesOf(seenWords)),
        because: optionalChoice(codesOf(notSeenReasons)),
        bedroom: tick(),
        differs: optionalText(mostWords),
        said: optionalText(mostWords),
      }),
    )
    .default({}),
  visitAs: optionalChoice(codesOf(visitKinds)),
  present: ids(),
  presentWords: optionalText(500),
  what: text('Write what happened', mostWords),
  meaning: optionalText(mostWords),
  significant: tick(),
  significantWords: optionalText(200),
  /** What was left out of one child's version: child, part and place. */
  leave: z.preprocess(
    (value) => (value === undefined || value === '' ? [] : [value].flat()),
    z.array(z.string().max(80)).max(1000),
  ),
  /** The versions that were shown, in short; filed is what was shown. */
  shown: optionalText(100),
})
export type NoteTyped = z.output<typeof noteSchema>

/** One of the children a note is about. */
export interface NoteChild {
  readonly id: string
  readonly name: string
}

export type Part = 'happened' | 'child-said' | 'meaning'

/** A paragraph in one child's version. */
export interface VersionParagraph extends Paragraph {
  readonly part: Part
  /** Child, part and place: what `leave` names it by. */
  readonly key: string
  /** Other children of the write-up whom it names. */
  readonly names: readonly string[]
  readonly leftOut: boolean
}

export interface Version {
  readonly child: NoteChild
  readonly paragraphs: readonly VersionParagraph[]
}

/**
 * What is wrong with a note beyond its fields, by field name: for a visit each child was seen or not, and where not, why.
 * An attempt is recorded; it satisfies no clock (practice 0.4, 8).
 */
export function wrongWith(typed: NoteTyped, children: readonly NoteChild[]): Record<string, string> {
  const wrong: Record<string, string> = {}
  if (typed.kind === 'visit') {
    for (const { id: child, name } of children) {
      const seen = typed.child[child]?.seen
      if (!seen) wrong[`child[${child}][seen]`] = `Say whether ${name} was seen`
      else if (seen === 'not-seen' && !typed.child[child]?.because)
        wrong[`child[${child}][because]`] = `Say why ${name} was not seen`
    }
  }
  if (typed.where === 'elsewhere' && !typed.whereWords) wrong.whereWords = 'Say where'
  return wrong
}

/** Each child's own version of one write-up, in the order of the children: pure, and what is filed. */
export function versionsOf(typed: NoteTyped, children: readonly NoteChild[]): Version[] {
  const left = new Set(typed.leave)
  return children.map((child) => {
    const own = typed.child[child.id]
    const happened = [
      ...versionFor(paragraphsOf(typed.what), child, children),
      ...(children.length > 1 ? paragraphsOf(own?.differs ?? '') : []),
    ]
    const parts: [Part, readonly Paragraph[]][] = [
      ['happened', happened],
      [
        'child-said',
        paragraphsOf(own?.said ?? '').map(
          (one) => ({ ...one, origin: one.origin === 'worker' ? 'child' : one.origin }) as Paragraph,
        ),
      ],
      ['meaning', versionFor(paragraphsOf(typed.meaning ?? ''), child, children)],
    ]
    const others = children.filter((one) => one.id !== child.id)
    return {
      child,
      paragraphs: parts.flatMap(([part, paragraphs]) =>
        paragraphs.map((one, place) => {
          const key = `${child.id}:${part}:${place}`
          return { ...one, part, key, names: namedIn(one, others), leftOut: left.has(key) }
        }),
      ),
    }
  })
}

/** A version that has nothing of what happened left in it cannot be filed. */
export const emptyVersions = (versions: readonly Version[]): NoteChild[] =>
  versions
    .filter(({ paragraphs }) => !paragraphs.some(({ part, leftOut }) => part === 'happened' && !leftOut))
    .map(({ child }) => child)

/** How a child stands on the day of a visit: what the visit counts as, where the worker does not say otherwise. */
export function visitKindFor(standing: {
  readonly onPlan: boolean
  readonly inCare: boolean
  readonly knownAsLeaver: boolean
  readonly inNeed: boolean
}): VisitKind {
  if (standing.onPlan) return 'child-protection'
  if (standing.inCare) return 'looked-after'
  if (standing.knownAsLeaver) return 'leaving-care'
  return standing.inNeed ? 'child-in-need' : 'other'
}

/** A note as the record keeps it for one child. */
export interface NoteRow {
  readonly child: string
  readonly kind: NoteKind
  readonly day: Day
  /** '14:05', on the clock of that day. */
  readonly at: string
  readonly place: NotePlace | undefined
  readonly placeWords: string | undefined
  readonly significantWords: string | undefined
  readonly significant: boolean
  readonly paragraphs: readonly VersionParagraph[]
  readonly visit:
    | {
        readonly kind: VisitKind
        readonly seen: boolean
        readonly alone: boolean | undefined
        readonly bedroom: boolean
        readonly because: string | undefined
      }
    | undefined
  readonly present: readonly string[]
  readonly presentWords: string | undefined
}

/** What is added under a filed note. */
export const additionSchema = z.object({ what: text('Write what is to be added', mostWords) })

/** A note's mark for the chronology, or the mark taken away. */
export const significantSchema = z.object({
  significant: tick(),
  words: optionalText(200),
})

/** A note recorded on the wrong person. */
export const moveSchema = z
  .object({
    to: choice(['somebody', 'nobody'], 'Say where it belongs'),
    person: optionalText(60),
    reason: text('Say what went wrong', 500),
  })
  .refine(({ to, person }) => to === 'nobody' || person !== undefined, {
    path: ['person'],
    error: 'Write the number of the child it belongs to',
  })
