import { date, monthsAfter, yearsAfter } from './calendar.ts'
import type { Day, Text } from './words.ts'

const parts = /^(\d\d|ZZ)\/(\d\d|ZZ)\/(\d{4}|ZZZZ)$/i

/**
 * The latest day that a date with unknown parts could be: ZZ stands for an unknown day or month, ZZZZ for an unknown
 * year, which is taken as 2000. Where only the month is unknown it is, as the published definition has it, the day
 * before the same day of the next January.
 * @returns NaN for what is no such date
 */
export function latestPossibleDay(text: Text): Day {
  const found = parts.exec(text ?? '')
  if (found === null) return Number.NaN
  const [day, month, year] = found.slice(1).map((part) => (/^z/i.test(part) ? null : Number(part)))
  if (day === 0) return Number.NaN
  const inYear = year ?? 2000
  if (day == null) return monthsAfter(date(inYear, month ?? 12, 1), 1) - 1
  return month == null ? yearsAfter(date(inYear, 1, day), 1) - 1 : date(inYear, month, day)
}
