import { readFileSync } from 'node:fs'
import { dayOfIso } from '../reading/days.ts'
import { isWeekend } from './calendar.ts'
import type { Day } from './words.ts'

let holidays: Set<Day> | undefined

/** Bank holidays in England, from the government's own list. Read when first asked for. */
function bankHolidays(): Set<Day> {
  holidays ??= new Set(
    (
      JSON.parse(readFileSync(new URL('./bank-holidays-england.json', import.meta.url), 'utf8')) as string[]
    ).map(dayOfIso),
  )
  return holidays
}

/** Monday to Friday, and no bank holiday in England. */
export const isWorkingDay = (day: Day): boolean => !isWeekend(day) && !bankHolidays().has(day)

/** So many working days back: the first working day before `day` is 1. */
export function workingDaysBefore(day: Day, count: number): Day {
  let there = day
  for (let left = count; left > 0; ) if (isWorkingDay(--there)) left--
  return there
}
