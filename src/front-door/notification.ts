import { createHash } from 'node:crypto'
import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { codeSet } from '../codes/codes.ts'
import { nameWords } from '../people/model.ts'
import type { FormView } from '../web/form.ts'
import { type Day, dayOf, formatTime, parseDate } from '../web/words.ts'
import { peopleAs } from './contact.ts'
import { publicSources } from './words.ts'

const words = (most: number) => z.string().trim().min(1).max(most)
const day = z.iso.date()
const sources = codeSet('referral_source').codes.map(({ code }) => code) as [string, ...string[]]

/** Somebody of whom a notification speaks. */
const person = z.strictObject({
  as: z.enum(peopleAs).default('child'),
  name: words(200).optional(),
  born: day.optional(),
  sex: z.enum(['F', 'M', 'U']).optional(),
})

/** What another system or a form sends (docs/notifications.md): read strictly, so that a slip is told and not guessed at. */
export const notification = z
  .strictObject({
    incident: words(100).optional(),
    happenedOn: day.optional(),
    source: z.enum(sources).optional(),
    agency: words(200).optional(),
    caller: z
      .strictObject({
        name: words(200).optional(),
        reachedBy: words(200).optional(),
        mayBeNamed: z.boolean().optional(),
      })
      .optional(),
    people: z.array(person).min(1).max(20),
    address: z.strictObject({ lines: words(500).optional(), postcode: words(12).optional() }).optional(),
    what: words(20_000),
    safe: z.enum(['yes', 'no', 'unknown']).optional(),
    safeWords: words(1000).optional(),
    consent: z.enum(['given', 'refused', 'not-sought', 'not-needed']).optional(),
    consentWords: words(500).optional(),
    familyKnows: z.enum(['yes', 'no', 'unknown']).optional(),
    interpreter: words(200).optional(),
  })
  .refine(({ people }) => people.some(({ as }) => as === 'child' || as === 'unborn'), {
    path: ['people'],
    message: 'One of the people is a child, or unborn',
  })
export type Notification = z.output<typeof notification>
type Person = Notification['people'][number]

const personKey = ({ name, born }: Person): string =>
  `${nameWords(name ?? '')
    .sort()
    .join(' ')} ${born ?? ''}`

/**
 * By what two notifications are of one incident: the sender's own number of it; without one, the same people told of on
 * the same day. A digest, so that no name stands beside the queue.
 */
export function foldKeyOf(told: Notification, source: string, received: Day): string {
  const of = told.incident
    ? `incident ${source} ${told.incident.toUpperCase().replace(/[^A-Z0-9]/g, '')}`
    : `people ${source} ${told.happenedOn ?? received} ${told.people.map(personKey).sort().join('; ')}`
  return createHash('sha256').update(of).digest('hex')
}

/** One notification with those that came again about the same: whoever is new in them, and what they say more. */
export function folded(first: Notification, also: readonly Notification[]): Notification {
  const people = [...first.people]
  const seen = new Set(people.map(personKey))
  const what = [first.what]
  for (const one of also) {
    for (const somebody of one.people) {
      if (seen.has(personKey(somebody))) continue
      seen.add(personKey(somebody))
      people.push(somebody)
    }
    if (!what.includes(one.what)) what.push(one.what)
  }
  return { ...first, people: people.slice(0, 40), what: what.join('\n\n') }
}

/** What a notification says, as the fields of a contact: nothing of it is typed again. */
export function contactValues(
  told: Notification,
  {
    channel,
    source,
    receivedAt,
    agency,
  }: { channel: string; source: string; receivedAt: Date; agency: string | null },
): Record<string, string> {
  const values: Record<string, string | undefined> = {
    method: channel === 'web' ? 'web-form' : source === '6' ? 'police' : channel === 'api' ? 'api' : 'email',
    day: dayOf(receivedAt),
    at: formatTime(receivedAt),
    source,
    agency: told.agency ?? agency ?? (publicSources.has(source) ? undefined : 'Not said'),
    callerName: source === '9' ? undefined : told.caller?.name,
    reachedBy: told.caller?.reachedBy,
    mayBeNamed: told.caller?.mayBeNamed ? 'yes' : undefined,
    incident: told.incident,
    lines: told.address?.lines,
    postcode: told.address?.postcode,
    what: told.what,
    safe: told.safe ?? 'unknown',
    safeWords: told.safeWords ?? (told.safe === 'no' ? 'Not said by the sender' : undefined),
    consent: told.consent ?? 'not-sought',
    consentWords: told.consentWords ?? 'Not said by the sender',
    knows: told.familyKnows ?? 'unknown',
    interpreter: told.interpreter,
  }
  for (const [n, { as, name, born, sex }] of told.people.entries()) {
    values[`person[${n}][as]`] = as
    values[`person[${n}][name]`] = name ?? 'not known'
    values[`person[${n}][born]`] = born
    values[`person[${n}][sex]`] = sex
  }
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}

/** What somebody chose of a notification: who each is, whom else of the home, and what is decided. Nothing else counts. */
const chosen =
  /^(?:person\[\d+\]\[is\]|also\[[0-9a-f-]{36}\]|shown|toldRestricted|decision|reason|threshold|priority|need|passedTo|consentBy|helpReason|team|told|notToldBecause|badFaith|badFaithBecause|_once|_csrf)$/
export const withChoices = (values: Record<string, string>, body: unknown): FormView['values'] => ({
  ...values,
  ...Object.fromEntries(
    Object.entries((body ?? {}) as Record<string, string>).filter(([name]) => chosen.test(name)),
  ),
})

// ---------------------------------------------------------------------------------------------------------------------
// Reading files

const roles: Readonly<Record<string, Person['as']>> = {
  child: 'child',
  children: 'child',
  unborn: 'unborn',
  mother: 'mother',
  mum: 'mother',
  father: 'father',
  dad: 'father',
  partner: 'partner',
  carer: 'carer',
  adult: 'other',
  suspect: 'other',
  victim: 'other',
  relative: 'relative',
  grandparent: 'relative',
}
const labelled = /^\s*([A-Za-z][A-Za-z ]{1,30}?)\s*\d*\s*[:=]\s*(.+)$/

/**
 * Reads an e-mail's words: lines that begin with a label ('Child: Ana Bell, 3/4/2015, female', 'Incident: FP/26/123') are
 * taken apart, all else is what it says. Nothing is left out: the whole text is the worry.
 */
export function fromEmail(
  mail: { subject: string | undefined; from: string | undefined; sentOn: Day | undefined; words: string },
  today: Day,
): unknown {
  const people: Person[] = []
  let incident: string | undefined
  const address: { lines?: string; postcode?: string } = {}
  for (const line of [mail.subject ?? '', ...mail.words.split('\n')]) {
    const [, label, value] = labelled.exec(line) ?? []
    if (!label || !value) continue
    const said = label.toLowerCase().trim()
    if (/^(?:incident|reference|ref|our ref|crime number|log)(?: number| no)?$/.test(said))
      incident ??= value.trim().slice(0, 100)
    else if (said === 'address') address.lines = value.trim().slice(0, 500)
    else if (said === 'postcode') address.postcode = value.trim().slice(0, 12)
    else if (Object.hasOwn(roles, said)) people.push(personFrom(roles[said]!, value, today))
  }
  return {
    incident,
    happenedOn: mail.sentOn,
    agency:
      mail.from
        ?.replace(/<[^>]*>/, '')
        .trim()
        .slice(0, 200) || undefined,
    caller: mail.from ? { reachedBy: mail.from.slice(0, 200) } : undefined,
    people: people.some(({ as }) => as === 'child' || as === 'unborn')
      ? people
      : [...people, { as: 'child' }],
    ...(Object.keys(address).length ? { address } : {}),
    what: [mail.subject, mail.words].filter(Boolean).join('\n\n').slice(0, 20_000),
  }
}

function personFrom(as: Person['as'], value: string, today: Day): Person {
  const parts = value.split(/[,;(]/).map((part) => part.replace(/\)$/, '').trim())
  const born = parts
    .map((part) => parseDate(part.replace(/^(?:dob|born|d\.o\.b\.?)[:\s]*/i, ''), today))
    .find(Boolean)
  const sex = parts
    .map((part) =>
      /^(?:f|female|girl)$/i.test(part) ? 'F' : /^(?:m|male|boy)$/i.test(part) ? 'M' : undefined,
    )
    .find(Boolean)
  return {
    as,
    ...(parts[0] ? { name: parts[0].slice(0, 200) } : {}),
    ...(born ? { born } : {}),
    ...(sex ? { sex } : {}),
  } as Person
}

const columns = [
  'incident',
  'date',
  'agency',
  'as',
  'name',
  'born',
  'sex',
  'address',
  'postcode',
  'what',
  'safe',
] as const
export const csvColumns: readonly string[] = columns
const mostRows = 5000

/**
 * Reads a table of notifications: a row for each person, rows of one incident one notification.
 * @returns what each says, still to be read by the schema, and complaints by row
 */
export function fromCsv(
  text: string,
  today: Day,
): { told: { row: number; told: unknown }[]; wrong: string[] } {
  let rows: Record<string, string>[]
  try {
    rows = parse(text, {
      columns: (head: string[]) => head.map((name) => name.trim().toLowerCase()),
      bom: true,
      skip_empty_lines: true,
      trim: true,
      to: mostRows,
    })
  } catch (error) {
    return {
      told: [],
      wrong: [
        `This is no table this page can read: ${error instanceof Error ? error.message.slice(0, 120) : 'unreadable'}`,
      ],
    }
  }
  const missing = ['name', 'what'].filter((name) => rows[0] && !Object.hasOwn(rows[0], name))
  if (rows.length === 0 || missing.length > 0)
    return {
      told: [],
      wrong: [
        rows.length === 0
          ? 'The table has no rows'
          : `The first row names the columns; ${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} missing. Known are ${columns.join(', ')}`,
      ],
    }
  const wrong: string[] = []
  const grouped = new Map<string, { row: number; told: { people: unknown[] } & Record<string, unknown> }>()
  for (const [n, row] of rows.entries()) {
    const number = n + 2
    const born = row.born ? parseDate(row.born, today) : undefined
    if (row.born && !born) {
      wrong.push(`Row ${number}: '${row.born.slice(0, 30)}' in born is no date. Write it like 23/11/2026`)
      continue
    }
    const as = row.as?.toLowerCase() || 'child'
    const somebody = {
      as: Object.hasOwn(roles, as) ? roles[as] : as,
      ...(row.name ? { name: row.name } : {}),
      ...(born ? { born } : {}),
      ...(/^(f|m)/i.test(row.sex ?? '') ? { sex: row.sex!.toUpperCase()[0] } : {}),
    }
    const key = row.incident || `row ${number}`
    const before = grouped.get(key)
    if (before) {
      before.told.people.push(somebody)
      continue
    }
    const happened = row.date ? parseDate(row.date, today) : undefined
    grouped.set(key, {
      row: number,
      told: {
        ...(row.incident ? { incident: row.incident } : {}),
        ...(happened ? { happenedOn: happened } : {}),
        ...(row.agency ? { agency: row.agency } : {}),
        people: [somebody],
        ...(row.address || row.postcode
          ? {
              address: {
                ...(row.address ? { lines: row.address } : {}),
                ...(row.postcode ? { postcode: row.postcode } : {}),
              },
            }
          : {}),
        what: row.what ?? '',
        ...(row.safe ? { safe: row.safe.toLowerCase() } : {}),
      },
    })
  }
  return { told: [...grouped.values()], wrong }
}

/** What is wrong with something that was sent, a line each: where and what. */
export const complaintsOf = (error: z.ZodError): { where: string; what: string }[] =>
  error.issues
    .slice(0, 50)
    .map(({ path, message }) => ({ where: path.join('.') || 'the whole', what: message }))
