import { z } from 'zod'
import { choice, ids, optionalChoice, optionalDay, optionalText, tick } from '../web/form.ts'
import { type Day, formatShortDate } from '../web/words.ts'
import {
  addressRow,
  complaintOfContact,
  complaintOfNumber,
  contactRow,
  type DetailRow,
  nameRow,
  numberRow,
  plainNumber,
  postcode,
} from './details.ts'
import { nameWords, type Question } from './model.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Text that may be missing, and is looked at when it is there. */
const checked = (most: number, complaintOf: (typed: string) => string | undefined) =>
  optionalText(most).superRefine((typed, context) => {
    const message = typed && complaintOf(typed)
    if (message) context.addIssue({ code: 'custom', message })
  })

/** What is asked of somebody who may not be in the record yet. */
export const newPerson = z
  .object({
    who: choice(['child', 'adult', 'unborn'], 'Say whether this is a child, an adult or an unborn child'),
    forename: optionalText(100),
    middle: optionalText(100),
    surname: optionalText(100),
    otherName: optionalText(200),
    born: optionalDay({
      notAfterToday: 'Nobody is born in the future: for an unborn child say when it is expected',
    }),
    bornHow: optionalChoice(['exact', 'estimated', 'unknown']),
    expected: optionalDay(),
    mother: optionalText(200),
    motherId: optionalText(36),
    sex: choice(['F', 'M', 'U'], 'Choose the sex, or that it is not known'),
    lines: optionalText(500),
    postcode,
    from: optionalDay({ notAfterToday: 'They cannot have moved there in the future' }),
    hidden: tick(),
    telephone: checked(60, (typed) => complaintOfContact('telephone', typed)),
    email: checked(200, (typed) => complaintOfContact('email', typed)),
    nhsNumber: checked(20, (typed) => complaintOfNumber('nhs-number', plainNumber('nhs-number', typed))),
    upn: checked(20, (typed) => complaintOfNumber('upn', plainNumber('upn', typed))),
    /** Who has been shown as alike. */
    shown: ids(),
    /** That a restricted record may fit has been said. */
    toldRestricted: tick(),
  })
  .superRefine((typed, context) => {
    const complain = (path: string, message: string | undefined) => {
      if (message) context.addIssue({ code: 'custom', message, path: [path] })
    }
    const { who, born, bornHow, expected, forename, surname, motherId } = typed
    if (who === 'unborn') {
      if (!expected) complain('expected', 'Say when the child is expected, as near as anybody knows')
      if (born) complain('born', 'An unborn child has no birth date: say when it is expected')
    } else {
      if (!forename && !surname) complain('forename', 'Write a first name, a last name or both')
      if (!born && bornHow !== 'unknown')
        complain('born', 'Write the birth date, or choose that it is not known')
      if (born && bornHow === 'unknown')
        complain('bornHow', 'Either there is a birth date, or it is not known')
    }
    if (motherId && !uuid.test(motherId)) complain('motherId', 'Choose the mother from the list')
  })
export type NewPerson = z.output<typeof newPerson>

/** The parts of a half-typed form that can be looked for already. */
export const beingTyped = z.object({
  who: z.string().catch(''),
  forename: optionalText(100).catch(undefined),
  middle: optionalText(100).catch(undefined),
  surname: optionalText(100).catch(undefined),
  otherName: optionalText(200).catch(undefined),
  born: optionalDay().catch(undefined),
  expected: optionalDay().catch(undefined),
  postcode: postcode.catch(undefined),
  telephone: optionalText(60).catch(undefined),
  nhsNumber: optionalText(20).catch(undefined),
  upn: optionalText(20).catch(undefined),
})
type Typed = Partial<z.output<typeof beingTyped>>

const capitals = (value: string | undefined): string[] => {
  const plain = value?.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase()
  return plain ? [plain] : []
}
/** As cards have telephone numbers: as dialled at home. */
const dialled = (value: string | undefined): string[] => {
  const digits = value?.replace(/\D/g, '').replace(/^(?:00)?440?(?=\d{9})/, '0')
  return digits ? [digits] : []
}

/**
 * What to look for before somebody is added: everything at once, so that the likeliest come first. For restricted
 * records, which must fit in all that is asked, the name with the day and each number stand by themselves as well.
 */
export function questionsAbout(typed: Typed): [Question, ...Question[]] {
  const { forename, middle, surname, otherName, born, expected } = typed
  const day: Day | undefined = born ?? expected
  const words = [...new Set([forename, surname].flatMap((name) => nameWords(name ?? '')))]
  const other = [...new Set([middle, otherName].flatMap((name) => nameWords(name ?? '')))]
  const identifiers = [typed.nhsNumber, typed.upn].flatMap(capitals)
  const numbers = [...identifiers, ...capitals(typed.postcode), ...dialled(typed.telephone)]
  const called = [forename, middle, surname, otherName].filter(Boolean).join(' ')
  const text = [called, day && formatShortDate(day), ...numbers].filter(Boolean).join(', ')
  const part = (one: Partial<Question>): Question => ({
    text,
    day: undefined,
    words: [],
    numbers: [],
    ...one,
  })
  return [
    part({ day, words: words.length > 0 ? words : other, numbers }),
    part({ day, words }),
    ...identifiers.map((number) => part({ numbers: [number] })),
  ]
}

/** The rows that make a new person, table by table; what was not said has no row. */
export function rowsOf(typed: NewPerson): { person: DetailRow; facts: { table: string; row: DetailRow }[] } {
  const { who, forename, middle, surname, otherName, born, bornHow, expected, sex } = typed
  const name = { kind: 'legal', forename, middle, surname } as const
  const address = { kind: 'home', lines: typed.lines, postcode: typed.postcode, from: typed.from } as const
  const facts = [
    (forename || surname) && { table: 'person_name', row: nameRow(name as Parameters<typeof nameRow>[0]) },
    otherName && {
      table: 'person_name',
      row: { natural_key: `also-known-as ${otherName}`, kind: 'also-known-as', full_name: otherName },
    },
    (typed.lines || typed.postcode) && {
      table: 'address',
      row: addressRow({ ...address, hidden: typed.hidden } as Parameters<typeof addressRow>[0]),
    },
    typed.telephone && { table: 'contact_detail', row: aContact('telephone', typed.telephone, typed.hidden) },
    typed.email && { table: 'contact_detail', row: aContact('email', typed.email, typed.hidden) },
    typed.nhsNumber && { table: 'person_identifier', row: aNumber('nhs-number', typed.nhsNumber) },
    typed.upn && { table: 'person_identifier', row: aNumber('upn', typed.upn) },
  ].filter((fact): fact is { table: string; row: DetailRow } => Boolean(fact))
  return {
    person: {
      sex,
      date_of_birth: who === 'unborn' ? null : (born ?? null),
      date_of_birth_estimated: who !== 'unborn' && born !== undefined && bornHow === 'estimated',
      expected_date_of_birth: who === 'unborn' ? (expected ?? null) : null,
    },
    facts,
  }
}

type ContactTyped = Parameters<typeof contactRow>[0]
type NumberTyped = Parameters<typeof numberRow>[0]
/** A hidden home hides how to ring there too. */
const aContact = (kind: 'telephone' | 'email', value: string, hidden: boolean): DetailRow =>
  contactRow({
    kind: kind === 'telephone' && /^(?:\+?44|0)\s*\(?0?\)?\s*7/.test(value) ? 'mobile' : kind,
    value,
    hidden,
  } as ContactTyped)
const aNumber = (kind: 'nhs-number' | 'upn', value: string): DetailRow =>
  numberRow({ kind, value } as NumberTyped)
