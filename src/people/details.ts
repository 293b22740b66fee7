import { z } from 'zod'
import { codeSets } from '../codes/codes.ts'
import { choice, type FormView, optionalDay, optionalText, text, tick } from '../web/form.ts'
import type { Day } from '../web/words.ts'
import { nhsNumberIsRight, upnLetterFits } from './numbers.ts'
import { kindWords } from './words.ts'

/** The facts that say who somebody is and where to find them, each entered and corrected by the same few pages. */
export const detailKinds = ['name', 'address', 'contact', 'number'] as const
export type DetailKind = (typeof detailKinds)[number]

/** A row of the record as a form fills it; `natural_key` is what tells it from the person's others of its kind. */
export type DetailRow = Readonly<Record<string, string | boolean | null>>

interface Detail {
  readonly table: string
  /** The field groups its rows may be in. */
  readonly groups: readonly string[]
  /** 'a name', 'an address'. */
  readonly one: string
  readonly schema: z.ZodType<Record<string, unknown>>
  /** What the record keeps of a form. */
  readonly row: (typed: never) => DetailRow
  /** The form's values for a row that stands. */
  readonly typed: (row: Record<string, unknown>) => Record<string, string>
}

export const nameKinds = ['legal', 'preferred', 'birth', 'former', 'also-known-as'] as const
export const addressKinds = ['home', 'placement', 'correspondence', 'other'] as const
export const contactKinds = ['mobile', 'telephone', 'email', 'other'] as const
export const numberKinds = [
  'nhs-number',
  'upn',
  'former-upn',
  'la-child-id',
  'ssda903-child-id',
  'home-office',
  'national-insurance',
  'youth-justice',
  'court-case',
  'adoption-agency',
  'legacy-id',
  'other',
] as const

const from = optionalDay()
const to = optionalDay()
const inOrder = {
  check: ({ from: begins, to: ends }: { from?: Day | undefined; to?: Day | undefined }) =>
    !begins || !ends || begins <= ends,
  says: { message: 'It ends before it begins', path: ['to'] },
}

const postcodeShape = /^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/
/** A postcode as it is written: capitals, one space. */
export const postcode = optionalText(12).transform((typed, context) => {
  if (typed === undefined) return undefined
  const plain = typed.toUpperCase().replace(/\s+/g, '')
  if (postcodeShape.test(plain)) return `${plain.slice(0, -3)} ${plain.slice(-3)}`
  context.addIssue({ code: 'custom', message: 'A postcode is written like FX1 2AB' })
  return z.NEVER
})

/**
 * What is wrong with a number of a kind that can be checked; undefined when nothing is.
 * @param value without spaces, in capitals
 */
export function complaintOfNumber(kind: string, value: string): string | undefined {
  if (kind === 'nhs-number' && !nhsNumberIsRight(value))
    return 'This is no NHS number: it has ten digits, and the last one fits the others. Look again'
  if ((kind === 'upn' || kind === 'former-upn') && !upnLetterFits(value))
    return 'This is no unique pupil number: a letter and twelve digits, and the letter fits the digits. Look again'
  if (kind === 'national-insurance' && !/^[A-Z]{2}\d{6}[A-D]$/.test(value))
    return 'A National Insurance number is two letters, six digits and a letter from A to D'
  return undefined
}

/** Numbers that can be checked are kept without the spaces people write in them. */
export const plainNumber = (kind: string, value: string): string =>
  ['nhs-number', 'upn', 'former-upn', 'national-insurance'].includes(kind)
    ? value.replace(/[\s-]/g, '').toUpperCase()
    : value

/** What is wrong with a telephone number or e-mail address. */
export function complaintOfContact(kind: string, value: string): string | undefined {
  if (kind === 'email' && !/^\S+@\S+\.\S+$/.test(value))
    return 'An e-mail address is written like name@place.example'
  if ((kind === 'telephone' || kind === 'mobile') && value.replace(/\D/g, '').length < 7)
    return 'This is too short for a telephone number'
  return undefined
}

const name = z
  .object({
    kind: choice(nameKinds, 'Choose what kind of name it is'),
    forename: optionalText(100),
    middle: optionalText(100),
    surname: optionalText(100),
    from,
    to,
  })
  .refine(({ forename, surname }) => forename || surname, {
    message: 'Write a first name, a last name or both',
    path: ['forename'],
  })
  .refine(inOrder.check, inOrder.says)
type Name = z.output<typeof name>

/** A name's row. */
export function nameRow({ kind, forename, middle, surname, from: begins, to: ends }: Name): DetailRow {
  const full = [forename, middle, surname].filter(Boolean).join(' ')
  return {
    natural_key: `${kind} ${full}`,
    kind,
    full_name: full,
    forename: forename ?? null,
    middle_names: middle ?? null,
    surname: surname ?? null,
    from_day: begins ?? null,
    to_day: ends ?? null,
  }
}

const address = z
  .object({
    kind: choice(addressKinds, 'Choose what kind of address it is'),
    lines: optionalText(500),
    postcode,
    from,
    to,
    hidden: tick(),
  })
  .refine(({ lines, postcode: code }) => lines || code, {
    message: 'Write the address, or as much of it as is known',
    path: ['lines'],
  })
  .refine(inOrder.check, inOrder.says)
type Address = z.output<typeof address>

/** An address's row. A hidden one is a part of the record of its own (F04). */
export function addressRow({
  kind,
  lines,
  postcode: code,
  from: begins,
  to: ends,
  hidden,
}: Address): DetailRow {
  return {
    natural_key: [kind, begins ?? code ?? lines].join(' '),
    kind,
    address_lines: lines ?? null,
    postcode: code ?? null,
    from_day: begins ?? null,
    to_day: ends ?? null,
    protected: hidden,
  }
}

const contact = z
  .object({
    kind: choice(contactKinds, 'Choose what it is'),
    value: text('Write the number or address', 200),
    note: optionalText(200),
    from,
    to,
    hidden: tick(),
  })
  .superRefine(({ kind, value }, context) => {
    const message = complaintOfContact(kind, value)
    if (message) context.addIssue({ code: 'custom', message, path: ['value'] })
  })
  .refine(inOrder.check, inOrder.says)
type Contact = z.output<typeof contact>

/** A telephone number's or e-mail address's row. */
export function contactRow({ kind, value, note, from: begins, to: ends, hidden }: Contact): DetailRow {
  return {
    natural_key: `${kind} ${value}`,
    kind,
    value,
    note: note ?? null,
    from_day: begins ?? null,
    to_day: ends ?? null,
    protected: hidden,
  }
}

const number = z
  .object({
    kind: choice(numberKinds, 'Choose whose number it is'),
    value: text('Write the number', 60),
    authority: optionalText(3),
    from,
    to,
  })
  .superRefine(({ kind, value, authority }, context) => {
    const message = complaintOfNumber(kind, plainNumber(kind, value))
    if (message) context.addIssue({ code: 'custom', message, path: ['value'] })
    if (authority && !codeSets.get('local_authority')?.codes.some(({ code }) => code === authority))
      context.addIssue({ code: 'custom', message: 'Choose an authority of the list', path: ['authority'] })
  })
  .refine(inOrder.check, inOrder.says)
type NumberTyped = z.output<typeof number>

/** A number's row. */
export function numberRow({ kind, value, authority, from: begins, to: ends }: NumberTyped): DetailRow {
  const plain = plainNumber(kind, value)
  return {
    natural_key: authority ? `${kind} ${plain} ${authority}` : `${kind} ${plain}`,
    kind,
    value: plain,
    source_authority: authority ?? null,
    from_day: begins ?? null,
    to_day: ends ?? null,
  }
}

const filled = (values: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([field, value]) =>
      typeof value === 'string' && value !== '' ? [[field, writtenDay(value)]] : [],
    ),
  )
const writtenDay = (value: string) =>
  /^\d{4}-\d{2}-\d{2}$/.test(value) ? value.split('-').reverse().join('/') : value

export const details: Record<DetailKind, Detail> = {
  name: {
    table: 'person_name',
    groups: ['F01', 'F02'],
    one: 'a name',
    schema: name,
    row: nameRow,
    typed: ({ kind, forename, middle_names: middle, surname, full_name: full, from_day, to_day }) =>
      filled({
        kind,
        forename: forename ?? (surname ? null : full),
        middle,
        surname,
        from: from_day,
        to: to_day,
      }),
  },
  address: {
    table: 'address',
    groups: ['F03', 'F04'],
    one: 'an address',
    schema: address,
    row: addressRow,
    typed: ({ kind, address_lines: lines, postcode: code, from_day, to_day, protected: hidden }) =>
      filled({ kind, lines, postcode: code, from: from_day, to: to_day, hidden: hidden ? 'yes' : null }),
  },
  contact: {
    table: 'contact_detail',
    groups: ['F03', 'F04'],
    one: 'a telephone number or e-mail address',
    schema: contact,
    row: contactRow,
    typed: ({ kind, value, note, from_day, to_day, protected: hidden }) =>
      filled({ kind, value, note, from: from_day, to: to_day, hidden: hidden ? 'yes' : null }),
  },
  number: {
    table: 'person_identifier',
    groups: ['F05'],
    one: 'a number',
    schema: number,
    row: numberRow,
    typed: ({ kind, value, source_authority: authority, from_day, to_day }) =>
      filled({ kind, value, authority, from: from_day, to: to_day }),
  },
}

/** The options of a kind's radios or select. */
export const kindOptions: Record<DetailKind, readonly { value: string; text: string }[]> = {
  name: options(nameKinds),
  address: options(addressKinds),
  contact: options(contactKinds),
  number: options(numberKinds),
}
function options(kinds: readonly string[]) {
  return kinds.map((value) => ({ value, text: kindWords[value] ?? value }))
}

/** A form for a new fact of a kind. */
export const startOf: Record<DetailKind, FormView['values']> = {
  name: { kind: 'also-known-as' },
  address: { kind: 'home' },
  contact: { kind: 'mobile' },
  number: { kind: 'nhs-number' },
}
