import { z } from 'zod'
import { paragraphsOf, versionFor } from '../casework/paragraphs.ts'
import { postcode } from '../people/details.ts'
import type { OriginCode } from '../people/origins.ts'
import { choice, day, ids, optionalChoice, optionalDay, optionalText, text, tick, time } from '../web/form.ts'
import type { Day } from '../web/words.ts'
import {
  consents,
  decisionCodes,
  informedHows,
  knows,
  methods,
  namedAs,
  originOfSource,
  outcomeCodes,
  priorities,
  publicSources,
  safety,
  sourceCodes,
  thresholds,
} from './words.ts'

const codesOf = <T extends Readonly<Record<string, string>>>(words: T) =>
  Object.keys(words) as [keyof T & string, ...(keyof T & string)[]]

/** Whom a contact may speak of: children it is about, and adults. */
export const peopleAs = ['child', 'unborn', ...codesOf(namedAs)] as const
export type PersonAs = (typeof peopleAs)[number]
export const isAbout = (as: PersonAs): as is 'child' | 'unborn' => as === 'child' || as === 'unborn'

/** More people than a form shows at once. */
export const mostPeople = 8

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
/** Somebody in the record, somebody new, or not said yet. */
const whoIs = optionalText(36).transform((is, context): string | undefined => {
  if (is === undefined || is === 'new' || uuid.test(is)) return is
  context.addIssue({ code: 'custom', message: 'Choose who it is from the list' })
  return z.NEVER
})

const spoken = z.object({
  as: choice(peopleAs, 'Say who this is'),
  name: optionalText(200),
  born: optionalDay(),
  sex: optionalChoice(['F', 'M', 'U']),
  is: whoIs,
})
export type Spoken = z.output<typeof spoken>

/** The rows somebody wrote into; empty ones are not people. */
const rows = z.preprocess(
  (value) =>
    (Array.isArray(value) ? value : []).map((row: Record<string, unknown>) =>
      row?.name || row?.is || row?.born ? row : undefined,
    ),
  z.array(spoken.optional()).max(40),
)

/** Of the home of somebody who was found: ticked, not typed. */
const also = z.preprocess(
  (value) => (typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}),
  z.record(
    z.string().regex(uuid),
    z.preprocess((typed) => [typed].flat()[0] || undefined, z.enum(peopleAs).optional()),
  ),
)

/** Who is meant by the parts of a form that can be looked at while it is typed. */
export const beingTold = z.object({
  person: rows.catch([]),
  also: also.catch({}),
})

/** A contact as it is written down (practice 1.2). */
export const contactSchema = z
  .object({
    method: choice(codesOf(methods), 'Say how it came'),
    day: day('Say on which day it came', { notAfterToday: 'It cannot have come in the future' }),
    at: time('Say at what time it came'),
    source: choice(sourceCodes, 'Say who told us, or that they stay unnamed'),
    agency: optionalText(200),
    callerName: optionalText(200),
    reachedBy: optionalText(200),
    mayBeNamed: tick(),
    incident: optionalText(100),
    person: rows,
    also,
    lines: optionalText(500),
    postcode,
    what: text('Write what the worry is', 40_000),
    safe: choice(codesOf(safety), 'Say whether the child is safe now'),
    safeWords: optionalText(1000),
    consent: choice(codesOf(consents), 'Say whether the family agreed to sharing'),
    consentWords: optionalText(500),
    knows: choice(codesOf(knows), 'Say whether the family knows of this contact'),
    interpreter: optionalText(200),
    /** Who has been shown as alike. */
    shown: ids(),
    toldRestricted: tick(),
  })
  .superRefine((typed, context) => {
    const complain = (path: string, message: string) =>
      context.addIssue({ code: 'custom', message, path: [path] })
    if (typed.safe === 'no' && !typed.safeWords)
      complain('safeWords', 'Say what the danger is and what was done')
    if (typed.consent === 'not-sought' && !typed.consentWords)
      complain('consentWords', 'Say why the family was not asked')
    if (typed.consent === 'refused' && !typed.consentWords)
      complain('consentWords', 'Say who did not agree, and to what')
    if (!publicSources.has(typed.source) && !typed.agency)
      complain('agency', 'Say which school, surgery, station or service')
    if (typed.source === '9' && typed.callerName)
      complain(
        'callerName',
        'Whoever stays unnamed has no name here: choose another source, or leave this empty',
      )
    const about = [
      ...typed.person.flatMap((one) => one?.as ?? []),
      ...Object.values(typed.also).flatMap((as) => as ?? []),
    ]
    if (!about.some(isAbout))
      complain(
        'person[0][name]',
        'Say which child it is about; of a child whose name nobody knows write “not known”',
      )
  })
export type ContactTyped = z.output<typeof contactSchema>

/** 'Not known' is no name. */
const nameless = /^(?:not known|unknown|no name|name not known)$/i

/** A name as heard, taken apart the way it is said: first names, then the last. */
export function nameParts(
  heard: string | undefined,
): { forename?: string; surname?: string; full: string } | undefined {
  const full = heard?.replace(/\s+/g, ' ').trim()
  if (!full || nameless.test(full)) return undefined
  const comma = /^([^,]+),\s*(.+)$/.exec(full)
  if (comma) return { surname: comma[1]!, forename: comma[2]!, full: `${comma[2]} ${comma[1]}` }
  const words = full.split(' ')
  return words.length === 1
    ? { forename: full, full }
    : { forename: words.slice(0, -1).join(' '), surname: words.at(-1)!, full }
}

/** The rows of somebody new, table by table. */
export function newRows(
  one: Pick<Spoken, 'as' | 'name' | 'born' | 'sex'>,
  home: { lines?: string | undefined; postcode?: string | undefined },
  received: Day,
): {
  row: Record<string, string | boolean | null>
  facts: { table: string; row: Record<string, string | boolean | null> }[]
} {
  const unborn = one.as === 'unborn'
  const name = nameParts(one.name)
  return {
    row: {
      sex: one.sex ?? 'U',
      date_of_birth: unborn ? null : (one.born ?? null),
      expected_date_of_birth: unborn ? (one.born ?? null) : null,
    },
    facts: [
      ...(name
        ? [
            {
              table: 'person_name',
              row: {
                natural_key: `legal ${name.full}`,
                kind: 'legal',
                full_name: name.full,
                forename: name.forename ?? null,
                surname: name.surname ?? null,
              },
            },
          ]
        : []),
      ...(home.lines || home.postcode
        ? [
            {
              table: 'address',
              row: {
                natural_key: `home ${received}`,
                kind: 'home',
                address_lines: home.lines ?? null,
                postcode: home.postcode ?? null,
                from_day: received,
              },
            },
          ]
        : []),
    ],
  }
}

export interface ContactParagraph {
  readonly place: number
  readonly words: string
  readonly origin: OriginCode
  readonly about: string | null
  readonly child_may_read: boolean
  readonly parent_may_read: boolean
  /** Kept out of the other children’s contacts. */
  readonly only_for: string | null
}

/**
 * What was told as paragraphs with who told each: whoever rang, where no mark says otherwise. What a member of the public
 * or the police told is kept from child and parents until somebody decides otherwise (governance B.14): a parent’s copy
 * is made of the rest.
 */
export function paragraphsTold(
  what: string,
  source: string,
  children: readonly { readonly id: string; readonly name: string }[],
): ContactParagraph[] {
  const origin = originOfSource(source)
  const kept = origin === 'public' || origin === 'police'
  return paragraphsOf(what).map((one, place) => {
    const theirs = one.origin === 'worker'
    const only = children.filter((child) => versionFor([one], child, children).length > 0)
    return {
      place,
      words: one.words,
      origin: theirs ? origin : one.origin,
      about: one.about ?? null,
      child_may_read: one.childMayRead && !(theirs && kept),
      parent_may_read: one.parentMayRead && !(theirs && (kept || origin === 'relative')),
      only_for: only.length === 1 && children.length > 1 ? only[0]!.id : null,
    }
  })
}

/** What is kept of whoever told us, where they are a member of the public or asked to stay unnamed. */
export function informantOf(
  typed: Pick<ContactTyped, 'source' | 'callerName' | 'reachedBy' | 'mayBeNamed'>,
): { name: string | null; reached_by: string | null; unnamed: boolean } | null {
  const { source, callerName, reachedBy, mayBeNamed } = typed
  if (!callerName && !reachedBy && !publicSources.has(source)) return null
  return { name: callerName ?? null, reached_by: reachedBy ?? null, unnamed: !mayBeNamed }
}

/** What a decision is made of. A screener’s is a proposal. */
export const decisionSchema = z.object({
  decision: choice(decisionCodes, 'Choose what is decided'),
  reason: text('Say why: no decision stands without its reasons', 4000),
  threshold: optionalChoice(codesOf(thresholds)),
  priority: optionalChoice(codesOf(priorities)),
  need: optionalText(2),
  passedTo: optionalText(200),
  helpReason: optionalText(300),
  consentBy: optionalText(200),
  team: optionalText(100),
  badFaith: tick(),
  badFaithBecause: optionalText(2000),
  told: optionalChoice(codesOf(informedHows)),
  notToldBecause: optionalText(500),
  child: ids(),
})
export type DecisionTyped = z.output<typeof decisionSchema>

/** Reasons that are reasons: to hold somebody to be of bad faith takes more than a word. */
export const badFaithReasons = (because: string | undefined): boolean => (because ?? '').length >= 20

export const waitSchema = z.object({
  waitingFor: text('Say what is asked, and of whom', 500),
  consentWords: optionalText(500),
})
export const takeBackSchema = z.object({ reason: text('Say what was wrong with the decision', 500) })
export const informedSchema = z
  .object({
    told: optionalChoice(codesOf(informedHows)),
    on: optionalDay({ notAfterToday: 'Say it when it is done' }),
    notToldBecause: optionalText(500),
  })
  .refine(({ told, notToldBecause }) => told || notToldBecause, {
    path: ['told'],
    message: 'Say how they were told, or why not',
  })
export const outcomeSchema = z.object({
  outcome: z.preprocess(
    (value) => (value === undefined || value === '' ? [] : [value].flat()),
    z.array(z.enum([...outcomeCodes, 'no-further-action'])),
  ),
  reason: text('Say why', 4000),
  team: optionalText(100),
  child: ids(),
})

/** A date is within a year of an earlier referral of the same child: a re-referral (REF-02). */
export function isReReferral(day: Day, earlier: readonly Day[]): boolean {
  const yearBefore = `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`
  return earlier.some((one) => one < day && one >= yearBefore)
}
