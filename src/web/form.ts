import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type Day, dayOf, parseDate } from './words.ts'

/** What a form's fields hold as typed: text, or lists for ticks; nested where names say so (`child[0][name]`). */
export type Typed = { [name: string]: Typed | TypedValue }
type TypedValue = string | string[] | Typed | Typed[] | undefined

/** A form as its page needs it: what was typed, what is wrong with it, and the key that files it once. */
export interface FormView {
  /** As typed, by field name in full: `values['child[0][name]']`. */
  readonly values: Readonly<Record<string, string | string[] | undefined>>
  /** In words, by field name in full. */
  readonly errors: Readonly<Record<string, string>>
  /** For the summary, in the order of the schema: `{ text, href: '#field' }`. */
  readonly summary: readonly { text: string; href: string }[]
  /** Sent along hidden; the same when the page is shown again after an error. */
  readonly once: string
  /** The draft it was saved in while it was typed (src/forms), where it is a form that saves itself. */
  readonly draft?: string | undefined
}

export type ParsedForm<T> =
  | (FormView & { readonly ok: true; readonly value: T })
  | (FormView & { readonly ok: false })

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const hidden = new Set(['_csrf', '_once', '_draft'])

/** The id of a field's control on the page, so that a summary's link finds it. */
export const fieldId = (name: string): string => name.replace(/\]/g, '').replace(/\[/g, '-')

/** `{ 'child[0][name]': 'Ana' }` becomes `{ child: [{ name: 'Ana' }] }`; plain names stay. */
export function nest(flat: Readonly<Record<string, unknown>>): Typed {
  const result: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(flat)) {
    if (hidden.has(name)) continue
    const path = [...name.matchAll(/[^[\]]+/g)].map(([part]) => part)
    if (path.length === 0 || path.some((part) => part === '__proto__' || part === 'constructor')) continue
    let place = result
    for (const part of path.slice(0, -1)) {
      const next = place[part]
      if (typeof next !== 'object' || next === null) place[part] = {}
      place = place[part] as Record<string, unknown>
    }
    place[path.at(-1)!] = value
  }
  return lists(result) as Typed
}

/** Objects whose keys are all numbers become lists, in the order of the numbers. */
function lists(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const entries = Object.entries(value)
  const numbered = entries.length > 0 && entries.every(([key]) => /^\d{1,4}$/.test(key))
  if (numbered) return entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, one]) => lists(one))
  return Object.fromEntries(entries.map(([key, one]) => [key, lists(one)]))
}

const nameOf = (path: readonly PropertyKey[]): string =>
  path.map((part, index) => (index === 0 ? String(part) : `[${String(part)}]`)).join('')

function summaryOf(errors: Record<string, string>): { text: string; href: string }[] {
  return Object.entries(errors).map(([name, text]) => ({
    text,
    href: name === '' ? '#main-content' : `#${fieldId(name)}`,
  }))
}

/**
 * Reads a form with the area's schema. On errors show the same page again with status 422 (`reply.again`): everything
 * typed is still there.
 *
 * The schema says the words: `text('Say what happened')`. An issue at the root (a refinement of the whole form) stands
 * in the summary only.
 */
export function parseForm<S extends z.ZodType>(schema: S, body: unknown): ParsedForm<z.output<S>> {
  const flat = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>
  const values = Object.fromEntries(
    Object.entries(flat).filter(([name]) => !hidden.has(name)),
  ) as FormView['values']
  const sent = flat._once
  const once = typeof sent === 'string' && uuid.test(sent) ? sent.toLowerCase() : randomUUID()
  const draft = typeof flat._draft === 'string' && uuid.test(flat._draft) ? flat._draft : undefined
  const result = schema.safeParse(nest(flat))
  if (result.success) return { ok: true, value: result.data, values, errors: {}, summary: [], once, draft }
  const errors: Record<string, string> = {}
  for (const issue of result.error.issues) errors[nameOf(issue.path)] ??= issue.message
  return { ok: false, values, errors, summary: summaryOf(errors), once, draft }
}

/** An empty form, or one that starts with what is known. */
export function blankForm(values: FormView['values'] = {}): FormView {
  return { values, errors: {}, summary: [], once: randomUUID() }
}

/** The same form with what a decision of the model found wrong: `withErrors(form, { end: 'It ends before it starts' })`. */
export function withErrors(form: FormView, errors: Record<string, string>): FormView & { ok: false } {
  return {
    values: form.values,
    once: form.once,
    draft: form.draft,
    errors,
    summary: summaryOf(errors),
    ok: false,
  }
}

// ---- Fields: what people type, made into what the record keeps; the words are the error's. -------------------

const asText = (value: unknown) =>
  Array.isArray(value) ? value.join(' ') : typeof value === 'string' ? value : ''
const clean = (value: string) =>
  value
    .replace(/\r\n?/g, '\n')
    .replace(/[\t ]+$/gm, '')
    .trim()

/** Text that must be there. */
export const text = (missing: string, most = 10_000) =>
  z.preprocess(asText, z.string().transform(clean)).pipe(
    z
      .string()
      .min(1, missing)
      .max(most, `Use ${most.toLocaleString('en-GB')} characters or fewer`),
  )

/** Text that may be missing: undefined when empty. */
export const optionalText = (most = 10_000) =>
  z
    .preprocess(asText, z.string().transform(clean))
    .pipe(z.string().max(most, `Use ${most.toLocaleString('en-GB')} characters or fewer`))
    .transform((value) => (value === '' ? undefined : value))

/** One of a list: radios, a select. */
export const choice = <const T extends readonly [string, ...string[]]>(options: T, missing: string) =>
  z.preprocess((value) => asText(value) || undefined, z.enum(options, { error: missing }))

export const optionalChoice = <const T extends readonly [string, ...string[]]>(options: T) =>
  z.preprocess((value) => asText(value) || undefined, z.enum(options).optional())

/** Any number of a list: ticks. */
export const choices = <const T extends readonly [string, ...string[]]>(options: T, missing?: string) =>
  z.preprocess(
    (value) => (value === undefined || value === '' ? [] : [value].flat()),
    z.array(z.enum(options)).min(missing ? 1 : 0, missing),
  )

/** A single tick: 'yes' when ticked. */
export const tick = () => z.preprocess((value) => [value].flat().includes('yes'), z.boolean())

/** Ids (a person, a worker) that a page offered. */
export const id = (missing: string) => z.preprocess(asText, z.string().regex(uuid, missing))
export const ids = (missing?: string) =>
  z.preprocess(
    (value) => (value === undefined || value === '' ? [] : [value].flat()),
    z.array(z.string().regex(uuid)).min(missing ? 1 : 0, missing),
  )

interface DayRules {
  /** What to say when nothing was typed; without it the day may be missing. */
  readonly missing?: string
  readonly notAfterToday?: string
  readonly notBeforeToday?: string
  readonly today?: () => Day
}

function dayFrom(rules: DayRules) {
  return z.preprocess(asText, z.string().transform(clean)).transform((typed, context): Day | undefined => {
    const complain = (message: string) => {
      context.addIssue({ code: 'custom', message })
      return z.NEVER
    }
    if (typed === '') return rules.missing === undefined ? undefined : complain(rules.missing)
    const today = rules.today?.() ?? dayOf(new Date())
    const day = parseDate(typed, today)
    if (!day) return complain(`'${typed.slice(0, 30)}' is no date. Write it like 23/11/2026`)
    if (rules.notAfterToday && day > today) return complain(rules.notAfterToday)
    if (rules.notBeforeToday && day < today) return complain(rules.notBeforeToday)
    return day
  })
}

/** A day that must be there, typed in any usual way; the record's 'yyyy-mm-dd'. */
export const day = (missing: string, rules: Omit<DayRules, 'missing'> = {}) =>
  dayFrom({ ...rules, missing }).pipe(z.string())

/** A day that may be missing. */
export const optionalDay = (rules: Omit<DayRules, 'missing'> = {}) => dayFrom(rules)

/** A time of the day: '9:05', '09.05', '0905'; '09:05'. */
export const time = (missing: string) =>
  z.preprocess(asText, z.string().transform(clean)).transform((typed, context): string => {
    const found = /^(\d{1,2})[:.]?(\d{2})$/.exec(typed)
    const [hour, minute] = [Number(found?.[1]), Number(found?.[2])]
    if (!found || hour > 23 || minute > 59) {
      context.addIssue({ code: 'custom', message: typed === '' ? missing : 'Write the time like 14:05' })
      return z.NEVER
    }
    return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
  })

/** A whole number in a range. */
export const wholeNumber = (missing: string, least = 0, most = 1_000_000) =>
  z.preprocess(asText, z.string().transform(clean)).transform((typed, context): number => {
    const number = Number(typed.replace(/,/g, ''))
    if (typed === '' || !Number.isInteger(number) || number < least || number > most) {
      const message =
        typed === '' ? missing : `Write a whole number from ${least} to ${most.toLocaleString('en-GB')}`
      context.addIssue({ code: 'custom', message })
      return z.NEVER
    }
    return number
  })
