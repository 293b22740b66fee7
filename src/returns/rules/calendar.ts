import { dayNumber } from '../reading/days.ts'
import type { Day } from './words.ts'

/** Days of the calendar, as whole numbers from 1 January 1970. A blank or unreadable date gives NaN. */

/** The day that stands as CCYY-MM-DD: for dates that a rule names. @throws when it is none */
export function day(text: string): Day {
  const [year, month, ofMonth] = text.split('-').map(Number)
  const found = dayNumber(year!, month!, ofMonth!)
  if (Number.isNaN(found)) throw new Error(`${text} is no day`)
  return found
}

/** The day of a year, by number of month and day: `date(2025, 8, 31)`. NaN when the calendar has none. */
export const date = (year: number, month: number, day: number): Day => dayNumber(year, month, day)

/** Year, month and day of the month in one number: Hinnant’s civil calendar, eras of 400 years from 1 March. */
function yearMonthDay(day: Day): number {
  const z = day + 719468
  const era = Math.floor(z / 146097)
  const ofEra = z - era * 146097
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36524) - Math.floor(ofEra / 146096)) / 365,
  )
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const m = Math.floor((5 * ofYear + 2) / 153)
  const month = m < 10 ? m + 3 : m - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return (year * 16 + month) * 32 + ofYear - Math.floor((153 * m + 2) / 5) + 1
}

/** The calendar year of a day. */
export const yearOf = (day: Day): number => yearMonthDay(day) >> 9

/** The month of a day, from 1. */
export const monthOf = (day: Day): number => (yearMonthDay(day) >> 5) & 15

/** The day of the month, from 1. */
export const dayOfMonth = (day: Day): number => yearMonthDay(day) & 31

/**
 * The same day and month so many years later (or earlier, with a minus). From 29 February it is 28 February when
 * that year has no 29th.
 */
export function yearsAfter(day: Day, years: number): Day {
  if (!(day - day === 0)) return Number.NaN
  const packed = yearMonthDay(day)
  const there = dayNumber((packed >> 9) + years, (packed >> 5) & 15, packed & 31)
  return Number.isNaN(there) ? dayNumber((packed >> 9) + years, 2, 28) : there
}

/** The day that ends so many years of age: `birthday(header.DOB, 18)`. */
export const birthday = (dob: Day, age: number): Day => yearsAfter(dob, age)

/** How many birthdays someone has had by the end of a day; NaN when either date is blank or unreadable. */
export function ageOn(dob: Day, day: Day): number {
  if (!(dob - day <= 0 || dob - day > 0)) return Number.NaN
  const age = yearOf(day) - yearOf(dob)
  return birthday(dob, age) <= day ? age : age - 1
}

/** The same day of the month so many months later; the last day of that month when it has no such day. */
export function monthsAfter(day: Day, months: number): Day {
  if (!(day - day === 0)) return Number.NaN
  const packed = yearMonthDay(day)
  const month = ((packed >> 5) & 15) - 1 + months
  const year = (packed >> 9) + Math.floor(month / 12)
  const ofYear = (((month % 12) + 12) % 12) + 1
  for (let ofMonth = packed & 31; ; ofMonth--) {
    const there = dayNumber(year, ofYear, ofMonth)
    if (!Number.isNaN(there)) return there
  }
}

/** Whether a day is a Saturday or a Sunday. False for a blank. */
export function isWeekend(day: Day): boolean {
  // 1 January 1970 was a Thursday.
  const weekday = (((day + 4) % 7) + 7) % 7
  return weekday === 0 || weekday === 6
}
