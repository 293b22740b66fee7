import type { Row } from './row.ts'

/**
 * The words that rules are written in. What a blank does is the same everywhere:
 *
 * - a blank is `undefined`, whatever the type says;
 * - a date that is filled in but is no real date is `NaN` in SSDA903, and counts as blank in the census;
 * - so `a < b`, `a > b`, `a <= b`, `a >= b` and `a - b > 5` are never true when either is blank or unreadable;
 * - `a === b` is true of two blanks: compare with `same` unless that is meant.
 */

/** A whole day, counted from 1 January 1970. Blank: undefined. Filled in, but no real date: NaN. */
export type Day = number

/** A code or other text as it stands, in capitals for SSDA903. Blank: undefined. */
export type Text = string | undefined

/** Whether something is filled in, readable or not. */
export const filled = (value: Day | Text): boolean => value !== undefined

/** Whether nothing is filled in. */
export const blank = (value: Day | Text): boolean => value === undefined

/** Whether a real date is filled in. */
export const isDate = (day: Day): boolean => day - day === 0

/** Whether something is filled in that should be a date and is none. */
export const unreadable = (day: Day): boolean => day !== undefined && day - day !== 0

/** Whether both are filled in and are the same: the same real date, or the same code. */
export const same = <T extends Day | Text>(one: T, other: T): boolean => one === other && one !== undefined

/** As `same`, but two blanks are the same too. */
export const sameOrBothBlank = <T extends Day | Text>(one: T, other: T): boolean => one === other

/** A list of codes, parted by spaces: `codes('A3 A4 A5 A6').has(episode.PLACE)`. A blank is in no list. */
export const codes = (list: string): ReadonlySet<Text> => new Set<Text>(list.split(/\s+/).filter(Boolean))

/** Yes to a question: `1` or `true`, in any letter case. A blank is neither yes nor no. */
export const yes = (value: Text): boolean =>
  value !== undefined && (value === '1' || value.toLowerCase() === 'true')

/** No to a question: `0` or `false`, in any letter case. */
export const no = (value: Text): boolean =>
  value !== undefined && (value === '0' || value.toLowerCase() === 'false')

/** Text read as a number: 20 for `20` and `20.0`; NaN for what is no number, blank included. */
export const number = (value: Text): number =>
  value !== undefined && /^[+-]?(\d+\.?\d*|\.\d+)$/.test(value) ? Number(value) : Number.NaN

/** A postcode as postcodes are compared: capitals, no spaces. */
export const postcode = (value: Text): Text => value?.toUpperCase().replaceAll(' ', '')

/** Whether two postcodes are the same, however they are spaced. Two blanks are not. */
export const samePostcode = (one: Text, other: Text): boolean =>
  one !== undefined &&
  other !== undefined &&
  (one === other || (one.length !== other.length && postcode(one) === postcode(other)))

/**
 * What stands in the file: for a date that is none the text that was typed. Two fields 'compared as supplied' are
 * compared with this.
 */
export function asSupplied(row: Row, field: string): Day | Text {
  const value = (row as unknown as Record<string, Day | Text>)[field]
  return typeof value === 'number' && !isDate(value) ? row.odd?.get(row.columns.indexOf(field)) : value
}
