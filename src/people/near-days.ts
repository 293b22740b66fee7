import type { Day } from '../web/words.ts'

/** A day that somebody may have meant. */
export interface NearDay {
  readonly day: Day
  /** as-said; swapped: day and month the other way round; digit: one digit out; turned: two digits the other way round;
   * beside: the day before or after. */
  readonly how: 'as-said' | 'swapped' | 'digit' | 'turned' | 'beside'
}

const isDay = (day: string): boolean => {
  const time = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day)
}

/**
 * The days one slip of ear, pen or key away from the one that was said, itself first. About fifty.
 * @param last the latest day that makes sense: nobody is expected later
 */
export function nearDays(said: Day, last: Day): NearDay[] {
  const found = new Map<Day, NearDay['how']>([[said, 'as-said']])
  const add = (day: Day, how: NearDay['how']) => {
    if (!found.has(day) && day >= '1900-01-01' && day <= last && isDay(day)) found.set(day, how)
  }
  const [year, month, date] = said.split('-') as [string, string, string]
  add(`${year}-${date}-${month}`, 'swapped')
  for (const [place, digit] of [...said].entries()) {
    if (digit === '-') continue
    for (const other of '0123456789') add(said.slice(0, place) + other + said.slice(place + 1), 'digit')
  }
  const turned = (two: string) => two.slice(0, -2) + two.slice(-1) + two.slice(-2, -1)
  add(`${turned(year)}-${month}-${date}`, 'turned')
  add(`${year}-${turned(month)}-${date}`, 'turned')
  add(`${year}-${month}-${turned(date)}`, 'turned')
  for (const off of [-1, 1]) {
    const beside = new Date(Date.parse(`${said}T00:00:00Z`) + off * 86_400_000)
    add(beside.toISOString().slice(0, 10), 'beside')
  }
  return [...found].map(([day, how]) => ({ day, how }))
}
