import { z } from 'zod'
import { originFields } from '../../people/origins.ts'
import { choice, day, optionalDay, optionalText, text, tick } from '../../web/form.ts'
import type { Day } from '../../web/words.ts'
import { type DocumentKind, documentKinds } from './kinds.ts'
import type { TakenIn } from './vault.ts'

const kindCodes = Object.keys(documentKinds) as [DocumentKind, ...DocumentKind[]]

/** What is said of the files of one form, before the files themselves. */
export const filingSchema = z.object({
  kind: choice(kindCodes, 'Choose what it is'),
  title: optionalText(200),
  document_date: optionalDay({ notAfterToday: 'A document is dated today or before' }),
  received_on: day('Say when it was received or sent', {
    notAfterToday: 'It was received or sent today or before',
  }),
  ...originFields,
  child_may_read: tick(),
  parent_may_read: tick(),
  /** Other children it is about: their ids, each ticked. */
  also: z.record(z.string().regex(/^[0-9a-f-]{36}$/), tick()).default({}),
})
export type FilingTyped = z.output<typeof filingSchema>

/** One file to be filed, with what came inside it. */
export interface Filing {
  readonly taken: TakenIn
  readonly kind: DocumentKind
  readonly title: string
  readonly documentDate: Day | undefined
  /** From whom, in words. */
  readonly from: string | undefined
  readonly parts: readonly TakenIn[]
}

/** 'Letter from school' of 'Letter from school.pdf'. */
export const titleOf = (fileName: string): string => fileName.replace(/\.[^.]+$/, '') || fileName

/** A document that stands on the wrong record, or on one where it should not be. */
export const wrongRecordSchema = z
  .object({
    to: choice(['somebody', 'error'], 'Say where it belongs'),
    person: optionalText(60),
    reason: text('Say what went wrong', 500).refine((words) => words.length >= 3, 'Say a little more'),
  })
  .refine(({ to, person }) => to === 'error' || person !== undefined, {
    path: ['person'],
    error: 'Write the number of the child it belongs to',
  })

/** '1.2 MB' */
export function sizeWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`
  if (bytes < 1024 ** 2) return `${Math.round(bytes / 1024)} KB`
  return `${(bytes / 1024 ** 2).toFixed(1).replace(/\.0$/, '')} MB`
}
