import { type Day, isDate } from './words.ts'

/** Rows of a table by their dates, for rules on what comes after what. Episodes are in their order as they are. */

/**
 * Rows in order of a date, earliest first, and on a tie of a second one. Blank and unreadable dates come last; what is
 * then still the same stands as in the file.
 */
export function inOrderOf<R>(
  rows: readonly R[],
  date: (row: R) => Day,
  then: (row: R) => Day = noDate,
): readonly R[] {
  if (rows.length < 2) return rows
  const compare = (one: R, other: R) =>
    place(date(one)) - place(date(other)) || place(then(one)) - place(then(other))
  for (let i = 1; i < rows.length; i++)
    if (compare(rows[i - 1]!, rows[i]!) > 0) return [...rows].sort(compare)
  return rows
}

const noDate = () => Number.NaN

const place = (day: Day) => (isDate(day) ? day : Number.MAX_SAFE_INTEGER)

/** Looks at each row but the first together with the one directly before it. */
export function eachNext<R>(rows: readonly R[], look: (before: R, row: R) => void): void {
  for (let i = 1; i < rows.length; i++) look(rows[i - 1]!, rows[i]!)
}

/** The row with the latest readable date; on a tie, the first in the file. */
export function latestOf<R>(rows: readonly R[], date: (row: R) => Day): R | undefined {
  let latest: R | undefined
  for (const row of rows)
    if (isDate(date(row)) && (latest === undefined || date(row) > date(latest))) latest = row
  return latest
}
