import { dayNumber } from '../returns/reading/days.ts'
import { isoOfDay } from './days.ts'

/*
 * Cells of another system's files as they come: padded, with words for nothing, days in many forms. Each reading gives
 * the record's text, null for nothing, or what is wrong. Pure.
 */

/** What is wrong with a cell, in words that go behind the field's name. */
export class Unreadable {
  constructor(readonly why: string) {}
}
export type Read = string | null | Unreadable

const nothing = new Set([
  '',
  'null',
  '(null)',
  '\\n',
  'ssd_ph',
  'placeholder_data',
  '-1',
  'n/k',
  '#n/a',
  'nan',
  'none',
])

const blanks = /[\u00a0\u200b\ufeff]/g
/** Control characters but the ends of lines and tabs; half a character, which JSON can write; blanks of no width. */
const unprintable = /[^\P{Cc}\n\r\t]|\p{Cs}|[\u00a0\u200b\ufeff]/u
const unprintableAll = /[^\P{Cc}\n\r\t]|\p{Cs}/gu

/** Text without padding and unprintable characters; null where it says that there is nothing. */
export function textOf(cell: string): string | null {
  let text = cell
  if (unprintable.test(text)) text = text.replace(blanks, ' ').replace(unprintableAll, '')
  text = text.trim()
  return text.length <= 16 && nothing.has(text.toLowerCase()) ? null : text
}

/** 'None' is a word for nothing in text, but a code where a set has it. */
export const codeText = (cell: string): string | null =>
  cell.trim().toLowerCase() === 'none' ? 'NONE' : textOf(cell)

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** A file has millions of days and only some thousands of different ones. */
const metDays = new Map<string, Read>()

/**
 * A day in any form these systems write: 2024-05-01, 2024-05-01T00:00:00.000, 01/05/2024 00:00, 01-May-2024,
 * 1 May 2024, May 1 2024 12:00AM, 20240501. Day before month. A time is passed over; 1 January 1900 is nothing.
 */
export function dayFrom(cell: string): Read {
  const known = metDays.get(cell)
  if (known !== undefined) return known
  const read = readDay(cell)
  if (metDays.size > 200_000) metDays.clear()
  metDays.set(cell, read)
  return read
}

const time = String.raw`(?:[T ]\s*\d{1,2}:\d\d(?::\d\d(?:[.,:]\d+)?)?\s*(?:[AaPp][Mm])?\s*(?:Z|[+-]\d\d:?\d\d)?)?`
const forms: readonly [RegExp, (m: RegExpExecArray) => [string, string, string]][] = [
  [new RegExp(`^(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})${time}$`), (m) => [m[1]!, m[2]!, m[3]!]],
  [new RegExp(`^(\\d{1,2})[-/.](\\d{1,2})[-/.](\\d{4})${time}$`), (m) => [m[3]!, m[2]!, m[1]!]],
  [/^(\d{4})(\d\d)(\d\d)$/, (m) => [m[1]!, m[2]!, m[3]!]],
  [new RegExp(`^(\\d{1,2})[- ]([A-Za-z]{3,9})[- ,]+(\\d{4})${time}$`), (m) => [m[3]!, monthOf(m[2]!), m[1]!]],
  [new RegExp(`^([A-Za-z]{3,9}) +(\\d{1,2}),? +(\\d{4})${time}$`), (m) => [m[3]!, monthOf(m[1]!), m[2]!]],
]

const monthOf = (word: string): string => String(months.indexOf(word.slice(0, 3).toLowerCase()) + 1)

function readDay(cell: string): Read {
  const text = textOf(cell)
  if (text === null) return null
  const shown = `‘${text.slice(0, 40)}’`
  for (const [form, parts] of forms) {
    const met = form.exec(text)
    if (met === null) continue
    const [year, month, day] = parts(met).map(Number) as [number, number, number]
    const number = month >= 1 && month <= 12 && day >= 1 ? dayNumber(year, month, day) : Number.NaN
    if (Number.isNaN(number)) return new Unreadable(`${shown} is not a day that the calendar has`)
    const iso = isoOfDay(number)
    return iso === '1900-01-01' ? null : iso
  }
  return new Unreadable(
    /\d[-/ .](\d\d|[A-Za-z]{3}[-/ .]\d\d)$/.test(text)
      ? `${shown} has a year of two digits: write the whole year`
      : `${shown} is no day: write it as yyyy-mm-dd or dd/mm/yyyy`,
  )
}

/** A day, and the time where one is said: 'yyyy-mm-dd hh:mm'. Midnight says that nobody wrote the time down. */
export function momentFrom(cell: string): Read {
  const day = dayFrom(cell)
  if (typeof day !== 'string') return day
  const [, hours, minutes, half = ''] = /(\d{1,2}):(\d\d)(?::\d\d(?:[.,:]\d+)?)?\s*([AaPp]?)/.exec(cell) ?? []
  const hour =
    hours === undefined ? 0 : (Number(hours) % (half ? 12 : 24)) + (half.toLowerCase() === 'p' ? 12 : 0)
  if (hours === undefined || Number(minutes) > 59 || (hour === 0 && Number(minutes) === 0)) return day
  return `${day} ${String(hour).padStart(2, '0')}:${minutes}`
}

const yes = new Set(['y', 'yes', '1', 'true', 't'])
const no = new Set(['n', 'no', '0', 'false', 'f'])

/** 'true' or 'false', as the database takes it. */
export function yesNoFrom(cell: string): Read {
  const text = textOf(cell)
  if (text === null) return null
  const word = text.toLowerCase()
  if (yes.has(word)) return 'true'
  if (no.has(word)) return 'false'
  return word === 'u' || word === 'unknown' || word === 'na'
    ? null
    : new Unreadable(`‘${text.slice(0, 40)}’ is neither yes nor no`)
}

export function wholeFrom(cell: string): Read {
  const text = textOf(cell)
  if (text === null) return null
  const met = /^(\d{1,4})(?:\.0+)?$/.exec(text)
  return met ? met[1]! : new Unreadable(`‘${text.slice(0, 40)}’ is not a whole number that fits`)
}

/** A worker or a team: 0 and the words for nobody are nobody. */
export function whoFrom(cell: string): string | null {
  const text = textOf(cell)
  return text === null || text === '0' || /^unknown$/i.test(text) ? null : text
}

/** Filler such as ZZ1 or XX99 is no postcode. Written with one space before the last three, as people write it. */
export function postcodeFrom(cell: string): string | null {
  const text = textOf(cell)?.toUpperCase().replace(/\s+/g, '') ?? null
  if (text === null || (/^(ZZ|XX)/.test(text) && text.length <= 4)) return null
  return /^[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}$/.test(text) ? `${text.slice(0, -3)} ${text.slice(-3)}` : text
}

/** An object of a JSON column, without its empty keys; undefined when it is none. */
export function objectFrom(cell: string): Record<string, string> | undefined {
  try {
    const found: unknown = JSON.parse(cell)
    if (found === null || typeof found !== 'object' || Array.isArray(found)) return undefined
    return Object.fromEntries(
      Object.entries(found).flatMap(([key, value]) => {
        const text = value === null ? null : textOf(String(value))
        return text === null ? [] : [[textOf(key)?.toUpperCase() ?? '', text]]
      }),
    )
  } catch {
    return undefined
  }
}

/** The parts of an address as lines that people write; where streets are none, nothing. */
export function addressFrom(cell: string): { lines: string | null; uprn: string | null } {
  const text = textOf(cell)
  if (text === null) return { lines: null, uprn: null }
  const parts = objectFrom(text)
  if (parts === undefined) return { lines: text.replace(/\s*\r?\n\s*/g, '\n'), uprn: null }
  const real = (value: string | undefined) =>
    value !== undefined && !/^(not found|not known|unknown)$/i.test(value) ? value : undefined
  const join = (...some: (string | undefined)[]) => some.filter((one) => one !== undefined).join(' ')
  const lines = [
    join(
      ...['ROOM', 'FLOOR', 'FLAT'].map((key) =>
        real(parts[key]) === undefined ? undefined : labelled(key, parts[key]!),
      ),
    ),
    join(real(parts.BUILDING)),
    join(real(parts.HOUSE), real(parts.STREET)),
    join(real(parts.TOWN)),
  ].filter((line) => line !== '')
  return { lines: lines.length === 0 ? null : lines.join('\n'), uprn: parts.UPRN ?? null }
}

const labelled = (key: string, value: string) =>
  /^\d+[A-Za-z]?$/.test(value) ? `${key[0]}${key.slice(1).toLowerCase()} ${value}` : value

/** Codes of a JSON array, or of an object whose values are yes; undefined when it is neither. */
export function codesFrom(cell: string): string[] | undefined {
  const text = textOf(cell)
  if (text === null) return []
  try {
    const found: unknown = JSON.parse(text)
    if (Array.isArray(found)) return [...new Set(found.map((one) => String(one).trim()).filter(Boolean))]
    if (found !== null && typeof found === 'object')
      return Object.entries(found).flatMap(([key, value]) =>
        yesNoFrom(String(value ?? '')) === 'true' ? [key.trim()] : [],
      )
  } catch {
    // A list as some systems write it: 1A, 16A.
    if (/^[\dA-Z]+(\s*[,;|]\s*[\dA-Z]+)*$/i.test(text)) return [...new Set(text.split(/\s*[,;|]\s*/))]
  }
  return undefined
}
