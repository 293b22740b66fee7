/** How the service says dates, times, ages and what is due. Pure; the zone is Europe/London. */

const zone = 'Europe/London'
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const dayLength = 86_400_000

/** A day as the record keeps it: '2026-11-23'. */
export type Day = string

const localParts = new Intl.DateTimeFormat('en-GB', {
  timeZone: zone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})

function local(moment: Date) {
  const found: Record<string, string> = {}
  for (const part of localParts.formatToParts(moment)) found[part.type] = part.value
  return found as Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', string>
}

/** The day it is in London at a moment. */
export function dayOf(moment: Date): Day {
  const { year, month, day } = local(moment)
  return `${year}-${month}-${day}`
}

const isDay = (value: unknown): value is Day => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)

function toDay(value: Day | Date): Day {
  if (value instanceof Date) return dayOf(value)
  if (isDay(value)) return value
  const moment = new Date(value)
  if (Number.isNaN(moment.getTime())) throw new RangeError('Not a date')
  return dayOf(moment)
}

const utc = (day: Day): number => Date.parse(`${day}T00:00:00Z`)
const fromUtc = (time: number): Day => new Date(time).toISOString().slice(0, 10)

export const addDays = (day: Day, days: number): Day => fromUtc(utc(day) + days * dayLength)
export const daysBetween = (from: Day, to: Day): number => Math.round((utc(to) - utc(from)) / dayLength)

/** The last millisecond of a day in London, whatever the clocks did. */
export function endOfDay(day: Day): Date {
  const next = utc(addDays(day, 1))
  for (const offset of [0, 3_600_000]) {
    const candidate = new Date(next - offset - 1)
    const { hour, minute } = local(candidate)
    if (dayOf(candidate) === day && hour === '23' && minute === '59') return candidate
  }
  return new Date(next - 1)
}

/** 'Mon 23 Nov 2026'; nothing for nothing. */
export function formatDate(value: Day | Date | null | undefined): string {
  if (value === null || value === undefined || value === '') return ''
  const day = toDay(value)
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  return `${weekdays[new Date(utc(day)).getUTCDay()]} ${date} ${months[month - 1]} ${year}`
}

/** '23 Nov 2026', where the weekday says nothing: birth dates, long lists. */
export const formatShortDate = (value: Day | Date | null | undefined): string =>
  formatDate(value).replace(/^\w+ /, '')

/** '14:05'. */
export function formatTime(value: Date | string | null | undefined): string {
  if (value === null || value === undefined || value === '') return ''
  const { hour, minute } = local(new Date(value))
  return `${hour}:${minute}`
}

/** 'Mon 23 Nov 2026, 14:05'. */
export function formatMoment(value: Date | string | null | undefined): string {
  if (value === null || value === undefined || value === '') return ''
  const moment = new Date(value)
  return `${formatDate(moment)}, ${formatTime(moment)}`
}

function wholeMonths(born: Day, on: Day): number {
  const [y1, m1, d1] = born.split('-').map(Number) as [number, number, number]
  const [y2, m2, d2] = on.split('-').map(Number) as [number, number, number]
  const lastOfMonth = new Date(Date.UTC(y2, m2, 0)).getUTCDate()
  // Someone born on the 31st has their month's day on the last of a shorter month; a leap-day child turns a year
  // older on 1 March, as the law counts (a birthday that does not come is the next day).
  const reached = d2 >= d1 || (d2 === lastOfMonth && m2 !== 2 && d1 > lastOfMonth)
  return (y2 - y1) * 12 + (m2 - m1) - (reached ? 0 : 1)
}

/** Full years, or undefined before birth. */
export function yearsOld(born: Day | Date, on: Day | Date): number | undefined {
  const months = wholeMonths(toDay(born), toDay(on))
  return months < 0 ? undefined : Math.floor(months / 12)
}

/** '12 days', '5 weeks', '5m', '7y 4m' under ten, '14y' from ten; 'not yet born' before. */
export function formatAge(born: Day | Date | null | undefined, on: Day | Date): string {
  if (born === null || born === undefined || born === '') return 'age not known'
  const [from, to] = [toDay(born), toDay(on)]
  const days = daysBetween(from, to)
  if (days < 0) return 'not yet born'
  if (days === 0) return 'born today'
  const whole = wholeMonths(from, to)
  if (whole < 1) return days === 1 ? '1 day' : `${days} days`
  if (whole < 3) return `${Math.floor(days / 7)} weeks`
  const [years, rest] = [Math.floor(whole / 12), whole % 12]
  if (years === 0) return `${rest}m`
  if (years >= 10) return `${years}y`
  return rest === 0 ? `${years}y` : `${years}y ${rest}m`
}

/** How long between two days, for people: '3 weeks', '7 months', '2y 5m'. */
export function formatSpan(from: Day | Date, to: Day | Date): string {
  const [start, end] = [toDay(from), toDay(to)]
  const days = daysBetween(start, end)
  if (days < 14) return days === 1 ? '1 day' : `${days} days`
  const whole = wholeMonths(start, end)
  if (whole < 3) return `${Math.floor(days / 7)} weeks`
  if (whole < 24) return `${whole} months`
  return whole % 12 === 0 ? `${whole / 12}y` : `${Math.floor(whole / 12)}y ${whole % 12}m`
}

/** A calendar of working days: Monday to Friday, less the days it is given. */
export type IsWorkingDay = (day: Day) => boolean
export const mondayToFriday: IsWorkingDay = (day) => ![0, 6].includes(new Date(utc(day)).getUTCDay())

/** Working days after `from` up to and with `to`; negative when `to` lies before. */
export function workingDaysBetween(from: Day, to: Day, isWorkingDay: IsWorkingDay = mondayToFriday): number {
  if (to < from) return -workingDaysBetween(to, from, isWorkingDay)
  let count = 0
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isWorkingDay(day)) count += 1
  return count
}

export interface DueWords {
  /** 'today', 'tomorrow', 'in 3 working days', 'in 5 weeks', '2 days late' */
  readonly text: string
  readonly state: 'late' | 'today' | 'soon' | 'later'
}

const counted = (number: number, unit: string) => `${number} ${unit}${number === 1 ? '' : 's'}`

/** How far off a due day is, as people say it. Working days up to ten; late is counted in days. */
export function dueWords(
  due: Day | Date,
  today: Day | Date,
  isWorkingDay: IsWorkingDay = mondayToFriday,
): DueWords {
  const [on, now] = [toDay(due), toDay(today)]
  const days = daysBetween(now, on)
  if (days < 0) {
    const late = -days
    if (late > 60) return { text: `${formatSpan(on, now)} late`, state: 'late' }
    return { text: `${counted(late, 'day')} late`, state: 'late' }
  }
  if (days === 0) return { text: 'today', state: 'today' }
  const working = workingDaysBetween(now, on, isWorkingDay)
  const state = working <= 3 ? 'soon' : 'later'
  if (days === 1) return { text: 'tomorrow', state }
  if (working <= 10)
    return { text: working === 0 ? formatDate(on) : `in ${counted(working, 'working day')}`, state }
  return { text: days < 90 ? `in ${Math.floor(days / 7)} weeks` : `in ${formatSpan(now, on)}`, state }
}

/** How long ago, for 'last seen': 'today', 'yesterday', '9 days ago', '5 weeks ago'. */
export function agoWords(value: Day | Date, today: Day | Date): string {
  const days = daysBetween(toDay(value), toDay(today))
  if (days < 0) return formatDate(value)
  if (days === 0) return 'today'
  if (days === 1) return 'yesterday'
  return `${formatSpan(value, today)} ago`
}

const besideToday = new Map([
  ['today', 0],
  ['now', 0],
  ['yesterday', -1],
  ['tomorrow', 1],
])
const monthNames = new Map(months.map((month, index) => [month.toLowerCase(), index + 1]))

/**
 * A day as people type it: '23/11/2026', '23.11.26', '23 11 2026', '23 Nov 2026', '23rd november 26', '2026-11-23',
 * '23112026', 'today', 'yesterday', 'tomorrow'. Two-digit years are of this century up to ten years ahead. Undefined
 * when it is no day of the calendar.
 */
export function parseDate(text: string, today: Day = dayOf(new Date())): Day | undefined {
  const typed = text.trim().toLowerCase()
  const shift = besideToday.get(typed)
  if (shift !== undefined) return addDays(today, shift)
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(typed)
  const british =
    /^(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s/.-]+(\d{1,2}|[a-z]{3,9})[\s/.,-]+(\d{4}|\d{2})$/.exec(
      typed,
    )
  const run = /^(\d{2})(\d{2})(\d{4})$/.exec(typed)
  let parts: [number, number, number] | undefined
  if (iso) parts = [Number(iso[1]), Number(iso[2]), Number(iso[3])]
  const found = british ?? run
  if (!parts && found) {
    const month = /^\d+$/.test(found[2]!) ? Number(found[2]) : monthNames.get(found[2]!.slice(0, 3))
    if (month === undefined) return undefined
    let year = Number(found[3])
    if (found[3]!.length === 2) {
      const thisYear = Number(today.slice(0, 4))
      year += Math.floor(thisYear / 100) * 100
      if (year > thisYear + 10) year -= 100
    }
    parts = [year, month, Number(found[1])]
  }
  if (!parts) return undefined
  const [year, month, date] = parts
  const day = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`
  const time = utc(day)
  if (Number.isNaN(time) || fromUtc(time) !== day || year < 1850 || year > 2200) return undefined
  return day
}

/** '1,234'. */
export const formatNumber = (value: number | bigint | null | undefined): string =>
  value === null || value === undefined ? '' : new Intl.NumberFormat('en-GB').format(value)

/** 'Ana, Ben and Cal'. */
export function listed(words: readonly string[], last = 'and'): string {
  if (words.length <= 1) return words.join('')
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`
}
