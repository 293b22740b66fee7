import type { FastifyRequest } from 'fastify'
import { type OriginCode, originWords } from '../people/origins.ts'
import { formatShortDate } from '../web/words.ts'
import type { AttenderKept, PassageKept } from './meeting-store.ts'
import type { Reader } from './model.ts'
import { agencies, attendances, confidences } from './words.ts'

/** Whose copy a page shows: `?for=parents`, `?for=child`; professionals' otherwise. */
export function readerOf(request: FastifyRequest): Reader {
  const { for: whom } = request.query as { for?: unknown }
  return whom === 'parents' || whom === 'child' ? whom : 'professionals'
}

const parts = {
  information: 'What each told',
  discussion: 'What was discussed',
  'family-view': 'What the family said',
  'child-view': 'What the child said',
} as const

/** What was said at a meeting, part by part, as its page shows it. */
export const passageRows = (passages: readonly PassageKept[]) =>
  (Object.keys(parts) as (keyof typeof parts)[]).flatMap((part) => {
    const some = passages.filter((one) => one.part === part)
    return some.length === 0
      ? []
      : [
          {
            heading: parts[part],
            passages: some.map((one) => ({
              words: one.words,
              by: [one.agency && agencies[one.agency], one.originWords].filter(Boolean).join(', '),
              origin: one.origin === 'worker' ? undefined : originWords[one.origin as OriginCode],
              police: one.origin === 'police',
              sure: one.sure && confidences[one.sure],
              about: one.about,
              parentMayRead: one.parentMayRead,
              childMayRead: one.childMayRead,
            })),
          },
        ]
  })

/** Who was asked and came, as a table shows it. */
export const attenderRows = (people: readonly AttenderKept[]) =>
  people.map((one) => ({
    ...one,
    agencyWords: agencies[one.agency],
    attendanceWords: one.attendance ? attendances[one.attendance] : undefined,
  }))

/** The lines of a meeting as the fields of its next form start with them. */
export const attenderValues = (people: readonly AttenderKept[]): Record<string, string> =>
  Object.fromEntries(
    people.flatMap((one) => {
      const at = (field: string, value: string | null) =>
        [`who[${one.place}][${field}]`, value ?? ''] as const
      return [
        at('agency', one.agency),
        at('name', one.name),
        at('account', one.account),
        at('due', one.due && formatShortDate(one.due)),
        at('received', one.received && formatShortDate(one.received)),
        at('attendance', one.attendance),
        at('because', one.because),
        at('dissent', one.dissent),
      ]
    }),
  )

/** The lines a form of people shows: those that are there, and some more. */
export function linesOfForm(values: Readonly<Record<string, unknown>>, more: number): number[] {
  const places = Object.keys(values).map((name) => Number(/^who\[(\d+)\]/.exec(name)?.[1] ?? -1))
  return [...Array(Math.min(40, Math.max(-1, ...places) + 1 + more)).keys()]
}
