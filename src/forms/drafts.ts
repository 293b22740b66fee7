import { diff3Merge } from 'node-diff3'
import { z } from 'zod'

/** What a field holds: text, or what was ticked in a list. */
export type FieldValue = string | readonly string[]

/** Where the cursor stands in a form. */
export interface Cursor {
  readonly field: string
  readonly start: number | null
  readonly end: number | null
}

/** A field as the draft has it. */
export interface Kept {
  readonly value: FieldValue
  /** Grows with every change. */
  readonly version: number
  readonly account: string
  /** The window that wrote it, and the number of that window's message. */
  readonly window: string
  readonly sent: number
}

/** A field as a window sends it. */
export interface Sent {
  readonly value: FieldValue
  /** The version that stood in the window before somebody typed there; 0 when there was none. */
  readonly version: number
  /** What stood there then, where the window knows: without it two texts cannot be brought together. */
  readonly was?: FieldValue | undefined
}

export type Settled =
  /** It is there already: the same message again, or the same words. */
  | { readonly to: 'leave' }
  /** It takes the field's place. */
  | { readonly to: 'write'; readonly value: FieldValue }
  /** Somebody else changed another part of the same text: both changes stand. */
  | { readonly to: 'merge'; readonly value: string }
  /** Two wrote different things in one place: the field stays, and what was sent is kept beside it until one of them decides. */
  | { readonly to: 'keep-beside' }

const same = (one: FieldValue, other: FieldValue): boolean => JSON.stringify(one) === JSON.stringify(other)

/**
 * What becomes of a field that a window sent, beside what the draft has: nothing is overwritten that its writer has not
 * seen, and nothing is dropped. Pure.
 */
export function settle(kept: Kept | undefined, sent: Sent, from: { window: string; sent: number }): Settled {
  if (!kept) return { to: 'write', value: sent.value }
  if (kept.window === from.window) {
    // One window's messages can arrive in another order than they were sent.
    if (from.sent <= kept.sent) return { to: 'leave' }
    return same(kept.value, sent.value) ? { to: 'leave' } : { to: 'write', value: sent.value }
  }
  if (same(kept.value, sent.value)) return { to: 'leave' }
  if (sent.version >= kept.version) return { to: 'write', value: sent.value }
  const merged = mergeText(sent.was, kept.value, sent.value)
  return merged === undefined ? { to: 'keep-beside' } : { to: 'merge', value: merged }
}

/** Words, and the spaces between them, so that two changes in one line are still two changes. */
const pieces = (text: string): string[] => text.match(/\s+|[^\s]+/g) ?? []

/** Both changes to one text, where they do not touch; undefined where they do, or where it is no text. */
export function mergeText(
  was: FieldValue | undefined,
  theirs: FieldValue,
  ours: FieldValue,
): string | undefined {
  if (typeof was !== 'string' || typeof theirs !== 'string' || typeof ours !== 'string') return undefined
  const regions = diff3Merge(pieces(theirs), pieces(was), pieces(ours), { excludeFalseConflicts: true })
  let merged = ''
  for (const { ok } of regions) {
    if (!ok) return undefined
    merged += ok.join('')
  }
  return merged
}

const fieldValue = z.union([z.string().max(200_000), z.array(z.string().max(2_000)).max(200)])

/** What a window sends while somebody types. */
export const saving = z.object({
  form: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  address: z
    .string()
    .max(500)
    .regex(/^\/(?!\/)/),
  // Empty for a contact, which is written down before anybody knows who it is about.
  about: z.array(z.uuid()).max(50),
  group: z.string().regex(/^F\d\d$/),
  sharedAs: z.uuid().optional(),
  window: z.uuid(),
  sent: z.number().int().min(0),
  fields: z
    .record(
      z
        .string()
        .min(1)
        .max(200)
        .refine((name) => !name.startsWith('_')),
      z.object({ value: fieldValue, version: z.number().int().min(0), was: fieldValue.optional() }),
    )
    .refine((fields) => Object.keys(fields).length <= 500),
  /** Fields about which somebody has decided between two versions. */
  decided: z.array(z.string().max(200)).max(500).default([]),
  cursor: z
    .object({
      field: z.string().max(200),
      start: z.number().int().nullable(),
      end: z.number().int().nullable(),
    })
    .optional(),
  /** The highest version of each field that this window shows, so that it hears of what others wrote. */
  shows: z.record(z.string().max(200), z.number().int().min(0)).default({}),
})
export type Saving = z.infer<typeof saving>

/** What the window is told. */
export interface Saved {
  readonly draft: string
  readonly savedAt: string
  /** The version of each field that was sent, now that it is kept. */
  readonly versions: Readonly<Record<string, number>>
  /** Fields that others changed, or whose two changes were brought together. */
  readonly changed: readonly { readonly name: string; readonly value: FieldValue; readonly version: number }[]
  /** Fields where two wrote different things: what stands in the draft, and by whom. */
  readonly beside: readonly {
    readonly name: string
    readonly value: FieldValue
    readonly version: number
    readonly by: string
  }[]
  /** Who else has the form open, and in which field they are. */
  readonly others: readonly { readonly name: string; readonly field?: string | undefined }[]
}
