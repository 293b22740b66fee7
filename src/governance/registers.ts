import { z } from 'zod'

/*
 * The registers that this service runs on and its privacy notice is made from: what each entry says, what comes with the
 * software, and how an entry is read. Entries are rows, dated and decided by two people (governance F.3, T16).
 */

const words = z.string().trim().min(3)

const schemas = {
  'lawful-bases': z.object({
    activity: words,
    /** UK GDPR Article 6(1), the main one first. */
    article6: z.array(z.enum(['a', 'b', 'c', 'd', 'e'])).min(1),
    /** UK GDPR Articles 9(2) and 10, with the paragraph of Schedule 1 to the Data Protection Act 2018. */
    conditions: z.array(words).min(1),
    statutes: z.array(words),
    /** 'to decide …': goes on after 'We use it'. */
    plain: words,
    people: z.array(z.enum(['families', 'carers', 'workforce'])).min(1),
  }),
  recipients: z.object({
    name: words,
    kind: words,
    plain: words,
    /** The schedules by which it is told (governance D.3). */
    rules: z.array(z.string().regex(/^D-/)),
    /** Of a sharing agreement: until when. */
    agreement: z.iso.date().nullable(),
  }),
  retention: z.object({
    about: words,
    trigger: words,
    years: z.number().int().positive().nullable(),
    keeps: words,
    authority: z.enum(['statute', 'local']),
    source: words,
    onExpiry: z.enum(['review', 'destroy-after-review', 'destroy', 'with record', 'permanent']),
    published: z.boolean(),
  }),
  automated: z.object({
    name: words,
    state: z.enum(['off', 'pilot', 'live']),
    /** N79: nothing significant is decided by a machine alone. */
    decides: z.literal(false),
    plain: words,
    /** Where in this software it is. */
    where: words,
  }),
  transfers: z.object({ name: words, plain: words, safeguards: words }),
  sources: z.object({ name: words }),
  contacts: z.object({ name: words, value: z.string().trim().min(3).nullable(), required: z.boolean() }),
  processors: z.object({
    name: words,
    does: words,
    terms: z.array(words),
    expires: z.iso.date().nullable(),
  }),
} as const

export type Register = keyof typeof schemas
export type Body<R extends Register> = z.output<(typeof schemas)[R]>
export type Entry<R extends Register> = Body<R> & { readonly key: string }

export const registers = Object.keys(schemas) as Register[]

export const registerWords: Readonly<Record<Register, { title: string; says: string }>> = {
  'lawful-bases': {
    title: 'Lawful bases',
    says: 'Why the law lets the service do what it does, activity by activity (N36 to N56).',
  },
  recipients: { title: 'Recipients', says: 'Whom information may go to, and why (N24, N60 to N65).' },
  retention: { title: 'How long it is kept', says: 'What is kept until when, and who says so (N94).' },
  automated: {
    title: 'What the computer does by itself',
    says: 'Every flow and prompt; none decides anything significant (N35, N77 to N79).',
  },
  transfers: { title: 'Abroad', says: 'By which ways information leaves the country (N80, N81).' },
  sources: { title: 'Sources', says: 'Whom information comes from (G10).' },
  contacts: {
    title: 'Contact points',
    says: 'Nothing is published while one that is needed is blank (N91).',
  },
  processors: { title: 'Processors', says: 'Who works on information for the Trust, and under which terms.' },
}

/** An entry as it stands in the database. @throws when it is not what its register says: a mistake in the program */
export const bodyOf = <R extends Register>(register: R, body: unknown): Body<R> =>
  schemas[register].parse(body) as Body<R>

/** What is wrong with an entry as somebody typed it, by field; nothing when all is well. */
export function wrongWith(register: Register, body: unknown): Record<string, string> {
  const parsed = schemas[register].safeParse(body)
  if (parsed.success) return {}
  return Object.fromEntries(parsed.error.issues.map(({ path, message }) => [String(path[0] ?? ''), message]))
}

/** The fields of a register's entries, and how each is typed. */
export type FieldKind = 'words' | 'list' | 'choice' | 'number' | 'day' | 'tick'
export interface Field {
  readonly name: string
  readonly label: string
  readonly kind: FieldKind
  readonly options?: readonly string[]
  readonly hint?: string
}
const field = (name: string, label: string, kind: FieldKind = 'words', more: Partial<Field> = {}): Field => ({
  name,
  label,
  kind,
  ...more,
})
export const fieldsOf: Readonly<Record<Register, readonly Field[]>> = {
  'lawful-bases': [
    field('activity', 'Activity'),
    field('article6', 'Article 6(1), the main one first', 'list', { hint: 'a to e, one on a line' }),
    field('conditions', 'Conditions of Articles 9 and 10', 'list', { hint: 'One on a line' }),
    field('statutes', 'Statutes and sections', 'list', { hint: 'One on a line' }),
    field('plain', 'In plain words: we use it …'),
    field('people', 'About whom', 'list', { hint: 'families, carers, workforce' }),
  ],
  recipients: [
    field('name', 'Who'),
    field('kind', 'Kind'),
    field('plain', 'In plain words: what for'),
    field('rules', 'Schedules', 'list', { hint: 'D-…, one on a line' }),
    field('agreement', 'Agreement until', 'day'),
  ],
  retention: [
    field('about', 'What'),
    field('trigger', 'Counted from'),
    field('years', 'Years', 'number'),
    field('keeps', 'In plain words: kept …'),
    field('authority', 'Who says so', 'choice', { options: ['statute', 'local'] }),
    field('source', 'Source'),
    field('onExpiry', 'Then', 'choice', {
      options: ['review', 'destroy-after-review', 'destroy', 'with record', 'permanent'],
    }),
    field('published', 'Stands in the notice', 'tick'),
  ],
  automated: [
    field('name', 'What'),
    field('state', 'State', 'choice', { options: ['off', 'pilot', 'live'] }),
    field('plain', 'In plain words'),
    field('where', 'Where in the software'),
  ],
  transfers: [field('name', 'Way'), field('plain', 'In plain words'), field('safeguards', 'Safeguards')],
  sources: [field('name', 'From whom')],
  contacts: [
    field('name', 'What'),
    field('value', 'Address, number or name'),
    field('required', 'Needed before a notice is published', 'tick'),
  ],
  processors: [
    field('name', 'Who'),
    field('does', 'What they do'),
    field('terms', 'Terms of the contract', 'list', { hint: 'One on a line' }),
    field('expires', 'Contract until', 'day'),
  ],
}

/** An entry as somebody typed it, by the register's fields: not looked at yet. */
export function typedBody(
  register: Register,
  typed: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const text = (name: string) => String(typed[name] ?? '').trim()
  const typedValue = ({ name, kind }: Field): unknown => {
    switch (kind) {
      case 'list':
        return text(name)
          .split(/\r?\n/)
          .map((line) => line.trim())
          .filter(Boolean)
      case 'number':
        return text(name) === '' ? null : Number(text(name))
      case 'day':
        return text(name) || null
      case 'tick':
        return text(name) !== ''
      default:
        return register === 'contacts' && name === 'value' ? text(name) || null : text(name)
    }
  }
  const body = Object.fromEntries(fieldsOf[register].map((one) => [one.name, typedValue(one)]))
  return register === 'automated' ? { ...body, decides: false } : body
}
