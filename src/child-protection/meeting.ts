import { z } from 'zod'
import { namedIn, paragraphsOf, versionFor } from '../casework/paragraphs.ts'
import type { OriginCode } from '../people/origins.ts'
import { optionalChoice, optionalDay, optionalText, tick } from '../web/form.ts'
import type { Day } from '../web/words.ts'
import { handledAs } from './model.ts'
import {
  type Agency,
  type Attendance,
  agencies,
  attendances,
  type Confidence,
  codesOf,
  confidences,
} from './words.ts'

/** What strategy discussions, conferences and core groups have in common: who was there, and what was said. */

export const mostWords = 50_000

/** One line of the people of a meeting, as any of its forms asks it; a form shows the fields it needs. */
const attenderTyped = z.object({
  agency: optionalChoice(codesOf(agencies)),
  name: optionalText(200),
  account: optionalText(40),
  due: optionalDay(),
  received: optionalDay({ notAfterToday: 'A report that has come has come by today' }),
  attendance: optionalChoice(codesOf(attendances)),
  because: optionalText(500),
  said: optionalText(mostWords),
  sure: optionalChoice(codesOf(confidences)),
  dissent: optionalText(2000),
  core: tick(),
})

/** The lines of a meeting's people, in the order of the form. */
export const attendersTyped = z
  .preprocess((value) => (Array.isArray(value) ? value : []), z.array(attenderTyped).max(40))
  .superRefine((rows, context) => {
    for (const [place, row] of rows.entries()) {
      const complain = (field: string, message: string) =>
        context.addIssue({ code: 'custom', path: [place, field], message })
      if (row.name && !row.agency) complain('agency', `Say where ${row.name} is from`)
      if (!row.name && (row.said || row.dissent || row.attendance)) complain('name', 'Say who it was')
      if (row.attendance === 'kept-out' && !row.because)
        complain('because', 'Say why they were kept out, and who decided it')
    }
  })

export interface Attender {
  readonly place: number
  readonly agency: Agency
  readonly name: string
  readonly account?: string | undefined
  readonly due?: Day | undefined
  readonly received?: Day | undefined
  readonly attendance?: Attendance | undefined
  readonly because?: string | undefined
  readonly said?: string | undefined
  readonly sure?: Confidence | undefined
  readonly dissent?: string | undefined
  /** Becomes a member of the core group. */
  readonly core?: boolean | undefined
}

/** The lines that name somebody. */
export const attendersOf = (rows: z.output<typeof attendersTyped>): Attender[] =>
  rows.flatMap(({ name, agency, ...row }, place) => (name && agency ? [{ ...row, name, agency, place }] : []))

export interface Passage {
  readonly part: 'information' | 'discussion' | 'child-view' | 'family-view'
  readonly words: string
  readonly agency?: Agency | undefined
  readonly origin: OriginCode
  readonly originWords?: string | undefined
  readonly sure?: Confidence | undefined
  readonly about?: string | undefined
  readonly parentMayRead: boolean
  readonly childMayRead: boolean
}

interface Named {
  readonly id: string
  readonly name: string
}

/** What was said at a meeting, as it was written once. */
export interface Said {
  readonly meeting: 'discussion' | 'conference' | 'core-group'
  readonly people: readonly Attender[]
  readonly discussion?: string | undefined
  readonly familyView?: string | undefined
  /** By child: what is about this one alone, and the child's own words. */
  readonly child: Readonly<
    Record<string, { readonly only?: string | undefined; readonly said?: string | undefined }>
  >
}

/**
 * One child's own version of what was said, with who said it, how sure it is and who may read it. A paragraph that is
 * marked as about another of the children ('[about Dana]') is left out.
 */
export function passagesOf(
  { meeting, people, discussion, familyView, child: each }: Said,
  child: Named,
  children: readonly Named[],
): Passage[] {
  const marked = (
    part: Passage['part'],
    text: string | undefined,
    by: Agency,
    more: Partial<Passage> = {},
  ): Passage[] => {
    const handled = handledAs(by, meeting)
    return versionFor(paragraphsOf(text ?? ''), child, children).map((one) => {
      const origin = one.origin === 'worker' ? handled.origin : one.origin
      const police = origin === 'police'
      return {
        ...{ part, words: one.words, about: one.about, origin },
        parentMayRead: !police && handled.parentMayRead && one.parentMayRead,
        childMayRead: !police && handled.childMayRead && one.childMayRead,
        ...more,
      }
    })
  }
  const own = Object.hasOwn(each, child.id) ? each[child.id] : undefined
  return [
    ...people.flatMap(({ agency, name, said, sure }) =>
      marked('information', said, agency, { agency, sure, originWords: name }),
    ),
    ...marked('discussion', discussion, 'social-care'),
    ...(children.length > 1 ? marked('discussion', own?.only, 'social-care') : []),
    ...marked('family-view', familyView, 'family'),
    ...marked('child-view', own?.said, 'child'),
  ]
}

/** Passages that name another of the children: pointed out before they are filed. */
export function namesOthers(
  passages: readonly Passage[],
  child: Named,
  children: readonly Named[],
): readonly { readonly words: string; readonly whom: readonly string[] }[] {
  const others = children.filter(({ id }) => id !== child.id)
  return passages.flatMap((one) => {
    const whom = namedIn({ ...one, about: one.about }, others)
    return whom.length > 0
      ? [{ words: one.words, whom: others.filter(({ id }) => whom.includes(id)).map(({ name }) => name) }]
      : []
  })
}

/** A time that may be missing. */
export const optionalTime = z
  .preprocess((value) => (typeof value === 'string' ? value.trim() : ''), z.string())
  .transform((typed, context) => {
    if (typed === '') return undefined
    const found = /^(\d{1,2})[:.]?(\d{2})$/.exec(typed)
    if (found && Number(found[1]) < 24 && Number(found[2]) < 60)
      return `${found[1]!.padStart(2, '0')}:${found[2]}`
    context.addIssue({ code: 'custom', message: 'Write the time like 14:05' })
    return z.NEVER
  })

/** Fields that are asked of each child. */
export const ofChild = {
  only: optionalText(mostWords),
  said: optionalText(mostWords),
}
