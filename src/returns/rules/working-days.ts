import days from '../../clocks/bank-holidays-england.json' with { type: 'json' }
import { dayOfIso } from '../reading/days.ts'
import { isWeekend } from './calendar.ts'
import type { Day } from './words.ts'

/** Bank holidays in England, from the government's own list. */
const bankHolidays = new Set(days.map(dayOfIso))

/** Monday to Friday, and no bank holiday in England. */
export const isWorkingDay = (day: Day): boolean => !isWeekend(day) && !bankHolidays.has(day)

/** So many working days back: the first working day before `day` is 1. */
export function workingDaysBefore(day: Day, count: number): Day {
  let there = day
  for (let left = count; left > 0; ) if (isWorkingDay(--there)) left--
  return there
}
