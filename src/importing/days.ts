import { dayOf } from '../returns/reading/days.ts'

/** A return has millions of days and only some thousands of different ones. */
const met = new Map<number, string>()

/** The day 'yyyy-mm-dd' of a number of days since 1 January 1970. */
export function isoOfDay(day: number): string {
  const known = met.get(day)
  if (known !== undefined) return known
  const text = new Date(day * 86_400_000).toISOString().slice(0, 10)
  if (met.size < 50_000) met.set(day, text)
  return text
}

/** A day as a person writes it, dd/mm/yyyy, becomes the record's; whatever else stays as it is. */
export function typedDay(text: string): string {
  const day = dayOf(text)
  return Number.isNaN(day) ? text : isoOfDay(day)
}
