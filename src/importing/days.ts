import { dayOf } from '../returns/reading/days.ts'

/** The day 'yyyy-mm-dd' of a number of days since 1 January 1970. */
export const isoOfDay = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10)

/** A day as a person writes it, dd/mm/yyyy, becomes the record's; whatever else stays as it is. */
export function typedDay(text: string): string {
  const day = dayOf(text)
  return Number.isNaN(day) ? text : isoOfDay(day)
}
