import { dayOfIso } from '../returns/reading/days.ts'
import { isWorkingDay } from '../returns/rules/working-days.ts'
import { addDays, type Day, mondayToFriday } from '../web/words.ts'

/** The year of a return that a day falls into, by the year in which it ends. */
export const returnYear = (day: Day): number => Number(day.slice(0, 4)) + (day.slice(5) >= '04-01' ? 1 : 0)

export const firstOf = (year: number): Day => `${year - 1}-04-01`
export const lastOf = (year: number): Day => `${year}-03-31`

/** Their birthday of that age; whoever was born on 29 February has it on 1 March where there is none. */
export function birthday(born: Day, age: number): Day {
  const year = String(Number(born.slice(0, 4)) + age)
  const day = `${year}${born.slice(4)}`
  return born.endsWith('02-29') && addDays(`${year}-02-28`, 1) !== day ? `${year}-03-01` : day
}

/** So many calendar months before a day; the last day of a month that is shorter. */
export function monthsBefore(day: Day, months: number): Day {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const last = new Date(Date.UTC(year, month - months, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 - months, Math.min(date, last))).toISOString().slice(0, 10)
}

export const isWorking = (day: Day): boolean => isWorkingDay(dayOfIso(day))

/** That day, or the next that is no Saturday or Sunday: conferences and courts do not sit then. */
export function weekday(day: Day): Day {
  return mondayToFriday(day) ? day : weekday(addDays(day, 1))
}

/** So many working days on; backwards for a number below nought. */
export function workingDaysFrom(day: Day, count: number): Day {
  const step = Math.sign(count)
  let there = day
  for (let left = Math.abs(count); left > 0; ) {
    there = addDays(there, step)
    if (isWorking(there)) left -= 1
  }
  return there
}

export const earliest = (...days: readonly Day[]): Day => [...days].sort()[0]!
export const latest = (...days: readonly Day[]): Day => [...days].sort().at(-1)!
