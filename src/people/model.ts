import type { Day } from '../web/words.ts'
import { plainWord } from './names/names.ts'

/** What a badge can say, in the order in which badges stand. */
export const badgeKinds = [
  'child-protection',
  'looked-after',
  'care-leaver',
  'child-in-need',
  'unborn',
  'missing',
  'died',
  'restricted',
] as const
export type BadgeKind = (typeof badgeKinds)[number]

/** What is true of somebody on a day, as far as it is open. */
export interface Standing {
  readonly born: Day | null
  readonly expected: Day | null
  readonly died: Day | null
  readonly inNeed: boolean
  readonly onPlan: boolean
  readonly inCare: boolean
  readonly missing: boolean
  readonly restricted: boolean
  /** The last day of care of any kind but short breaks. */
  readonly careEnded: Day | null
  /** The return of care leavers has told of this person. */
  readonly knownAsLeaver: boolean
}

export const yearsAfter = (day: Day, years: number): Day =>
  `${Number(day.slice(0, 4)) + years}${day.slice(4)}`

/**
 * Somebody who left care at 16 or later and is not yet 25 (Children Act 1989, sections 23A to 23CZB).
 * @param on the day asked about
 */
export function isCareLeaver(standing: Standing, on: Day): boolean {
  const { born, died, inCare, careEnded, knownAsLeaver } = standing
  if (!born || died || inCare || yearsAfter(born, 25) <= on) return false
  return knownAsLeaver || (careEnded !== null && careEnded >= yearsAfter(born, 16))
}

/** The badges of a record on a day. */
export function badgesOf(standing: Standing, on: Day): BadgeKind[] {
  const holds: Record<BadgeKind, boolean> = {
    'child-protection': standing.onPlan,
    'looked-after': standing.inCare,
    'care-leaver': isCareLeaver(standing, on),
    'child-in-need': standing.inNeed,
    unborn: standing.born === null && standing.expected !== null && standing.died === null,
    missing: standing.missing,
    died: standing.died !== null,
    restricted: standing.restricted,
  }
  return badgeKinds.filter((kind) => holds[kind])
}

/** What somebody is called: by name, else by the authority's own number, else by the reference. */
export function calledOf(person: { name: string | null; localId: string | null; reference: string }): string {
  if (person.name) return person.name
  return `Name not known, ${person.localId ? `local id ${person.localId}` : person.reference}`
}

/** What a typed search asks for. */
export interface Question {
  readonly text: string
  readonly day: Day | undefined
  /** Numbers and postcodes without spaces, in capitals; telephone numbers as dialled at home. */
  readonly numbers: readonly string[]
  /** Words of a name, as `foundation.name_words` makes them. */
  readonly words: readonly string[]
  /** 'about nine': whole years, more or less. */
  readonly age?: number | undefined
  /** A street as typed, with its house number where that was said; perhaps a name instead, and then among `words` too. */
  readonly street?: string | undefined
}

const agesInWords = [
  ...[
    'nought',
    'one',
    'two',
    'three',
    'four',
    'five',
    'six',
    'seven',
    'eight',
    'nine',
    'ten',
    'eleven',
    'twelve',
  ],
  ...['thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen'],
]
const years = `(\\d{1,2}|${agesInWords.join('|')})`
const old = '(?:[\\s-]*(?:years?|yrs?)(?:[\\s-]*old)?|[\\s-]*yo)'
/** 'about nine', 'aged 9', '9 years old', '9yo'. */
const agePhrase = new RegExp(
  `\\b(?:(?:aged?|about|around|roughly|maybe)\\s+)+${years}(?![\\w/.-])${old}?|\\b${years}${old}\\b`,
  'i',
)
/** What is said in place of a name, and is none. */
const noName = /^(?:something|somebody|someone|about|around|roughly|maybe|aged|called|named)$/
const kinds = 'road|rd|street|avenue|ave|crescent|cres|terrace|terr|drive|gardens|gdns'
const kindsThatAreNames = 'lane|ln|close|way|grove|court|view|square|row|walk|rise|mews|mount'
/** A street by a kind that is no surname, with the word before it; by any, after a comma or with its house number. */
const street = new RegExp(
  `(?:(?:,|\\b\\d{1,4}[a-z]?\\b)\\s*(?:[\\p{L}'’-]+\\s+){1,3}?(?:${kinds}|${kindsThatAreNames})|(?:st\\.?\\s+)?[\\p{L}'’-]+\\s+(?:${kinds}))(?![\\p{L}\\p{N}])`,
  'iu',
)
/** What may be a street or a name: by a kind that is a surname too, or a house number and what follows it. */
const perhapsStreet = new RegExp(
  `[\\p{L}'’-]+\\s+(?:${kindsThatAreNames})(?![\\p{L}\\p{N}])|(?<![\\p{L}\\p{N}/.-])\\d{1,4}[a-z]?\\s+[\\p{L}'’-]{3,}(?:\\s+[\\p{L}'’-]+)?$`,
  'iu',
)

const date = /\b\d{1,2}[\s/.-](?:\d{1,2}|[a-z]{3,9})[\s/.-]\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b/i
/** P-XXXXXX: it may have no digit in it, or look like a postcode after its dash, so it is taken out first. */
const reference = /(?<!\S)p-[2-9a-z]{6}(?!\S)/gi
/** 07700 900123, +44 7700 900123, (0113) 496 0123. */
const telephone =
  /(?<![\p{L}\p{N}])(?:(?:\+|00)44[\s-]*(?:\(0\))?|\(?0)(?:[\s()-]*\d){9,10}(?![\p{L}\p{N}])/gu
const postcode = /\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b/gi

/**
 * Reads what was typed into the search box: a date of birth, postcodes, numbers (of any kind), a street, and words of a
 * name, in any order.
 * @param readDay makes a day of a date as typed, or nothing when it is none
 */
export function questionOf(typed: string, readDay: (text: string) => Day | undefined): Question {
  const text = typed.trim().replace(/\s+/g, ' ').slice(0, 200)
  let rest = text
  const numbers: string[] = []
  rest = rest.replace(reference, (match) => {
    numbers.push(match.toUpperCase().replace('-', ''))
    return ' '
  })
  const found = date.exec(rest)?.[0]
  const day = found === undefined ? undefined : readDay(found)
  if (day) rest = rest.replace(found!, ' ')
  rest = rest.replace(postcode, (match) => {
    numbers.push(match.toUpperCase().replace(/\s/g, ''))
    return ' '
  })
  // An NHS number is written in three groups.
  rest = rest.replace(/\b\d{3}[ -]\d{3}[ -]\d{4}\b/g, (match) => {
    numbers.push(match.replace(/\D/g, ''))
    return ' '
  })
  rest = rest.replace(telephone, (match) => {
    numbers.push(match.replace(/\D/g, '').replace(/^(?:00)?440?(?=\d{9})/, '0'))
    return ' '
  })
  const aged = agePhrase.exec(rest)
  const said = (aged?.[1] ?? aged?.[2])?.toLowerCase()
  const age = said === undefined ? undefined : /\d/.test(said) ? Number(said) : agesInWords.indexOf(said)
  if (aged) rest = rest.replace(aged[0], ' , ')
  const sure = street.exec(rest)?.[0]
  const lives = sure ?? perhapsStreet.exec(rest.trim())?.[0]
  if (sure && /\p{L}/u.test(rest.replace(sure, ' '))) rest = rest.replace(sure, ' ')
  const words: string[] = []
  for (const word of rest.split(' ').filter(Boolean)) {
    if (/\d/.test(word)) numbers.push(word.toUpperCase().replace(/[^\p{L}\p{N}]/gu, ''))
    else words.push(...nameWords(word))
  }
  const named = words.filter((word) => !noName.test(word))
  return {
    text,
    day,
    numbers: numbers.filter(Boolean),
    words: [...new Set(named.length > 0 ? named : words)],
    age,
    street: lives?.replace(/^[\s,]+/, ''),
  }
}

/** The words of a name as the index compares them: small letters, accents and signs taken off. */
export function nameWords(name: string): string[] {
  return plainWord(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
}

/** Whether somebody may be as old as was said: a year out either way, more for the grown. */
export function isAbout(age: number, born: Day | null, today: Day): boolean {
  const slack = Math.max(1, Math.round(age / 10))
  return born !== null && yearsAfter(born, age - slack) <= today && today < yearsAfter(born, age + slack + 1)
}

export const asksNothing = ({ day, numbers, words, street }: Question): boolean =>
  day === undefined && numbers.length === 0 && words.length === 0 && street === undefined
