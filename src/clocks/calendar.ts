import published from './bank-holidays-england.json' with { type: 'json' }

/** A day of the calendar as the number of days from 1 January 1970. */
export type DayNumber = number

/** A moment, in milliseconds from 1 January 1970, in UTC. */
export type Moment = number

const dayLength = 86_400_000
const hourLength = 3_600_000

/** @throws when the text is no day CCYY-MM-DD */
export function dayNumber(text: string): DayNumber {
  const day = Date.parse(`${text}T00:00:00Z`) / dayLength
  if (!Number.isInteger(day)) throw new Error(`${text} is no day`)
  return day
}

/** CCYY-MM-DD */
export const isoDay = (day: DayNumber): string => new Date(day * dayLength).toISOString().slice(0, 10)

/**
 * So many months later (earlier, with a minus), by the corresponding-date rule: the same day of the month, or the last
 * one of a month that has none. 30 November and three months is 28 February, or 29 in a leap year.
 */
export function monthsAfter(day: DayNumber, months: number): DayNumber {
  const from = new Date(day * dayLength)
  const [year, month] = [from.getUTCFullYear(), from.getUTCMonth() + months]
  const lastOfMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return Date.UTC(year, month, Math.min(from.getUTCDate(), lastOfMonth)) / dayLength
}

/**
 * The day somebody reaches an age: at the start of the birthday, and on 1 March in a year without 29 February for
 * whoever was born on one.
 */
export function birthday(born: DayNumber, years: number, months = 0): DayNumber {
  const day = monthsAfter(born, 12 * years + months)
  const leapling = isoDay(born).endsWith('02-29') && isoDay(day).endsWith('02-28')
  return leapling ? day + 1 : day
}

const london = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

function londonClock(moment: Moment): number {
  const part = Object.fromEntries(london.formatToParts(moment).map(({ type, value }) => [type, value]))
  return Date.UTC(+part.year!, +part.month! - 1, +part.day!, +part.hour!, +part.minute!, +part.second!)
}

/** The day it was in London. */
export const londonDay = (moment: Moment): DayNumber => Math.floor(londonClock(moment) / dayLength)

/** The moment a day begins in London. */
export function londonMidnight(day: DayNumber): Moment {
  const utc = day * dayLength
  return utc - (londonClock(utc) - utc)
}

/** Elapsed hours, through weekends and changes of the clock. */
export const hoursAfter = (moment: Moment, hours: number): Moment => moment + hours * hourLength

/** From so many days before the known bank holidays end, whoever looks after them is told. */
export const warnDaysBefore = 270

/** Saturday or Sunday. 1 January 1970 was a Thursday. */
export const isWeekend = (day: DayNumber): boolean => ((day + 4) % 7) % 6 === 0

/** The government's own list for England and Wales. A page adds to it (clocks.bank_holiday). */
export const publishedBankHolidays: readonly string[] = published

/**
 * Working days, by every day that the list of bank holidays covers and a few years more: not Saturday, not Sunday, no
 * bank holiday in England and Wales, which Christmas Day, Good Friday and Boxing Day always are (Care Planning,
 * Placement and Case Review Regulations 2010, reg 2; Children Act 1989 Representations Procedure Regulations 2006).
 * Local closing days, strikes and a council's free Fridays are working days.
 */
export class Calendar {
  readonly #holidays: ReadonlySet<DayNumber>
  readonly #first: DayNumber
  /** Working days in order; and for each day from the first, how many there are up to it. */
  readonly #days: DayNumber[] = []
  readonly #upTo: Int32Array
  /** The last day of the last year that has bank holidays: from then on they are not known. */
  readonly knownTo: DayNumber
  /** School terms, by their last day: nothing national says when they are. */
  readonly terms: readonly DayNumber[]

  /** @param more bank holidays besides the published ones, and the ends of school terms, each CCYY-MM-DD */
  constructor({ more = [], terms = [] }: { more?: readonly string[]; terms?: readonly string[] } = {}) {
    const all = [...publishedBankHolidays, ...more]
    this.#holidays = new Set(all.map(dayNumber))
    const years = publishedBankHolidays.concat(yearsOf(more)).map((day) => Number(day.slice(0, 4)))
    this.knownTo = dayNumber(`${Math.max(...years)}-12-31`)
    this.terms = terms.map(dayNumber).sort((one, other) => one - other)
    this.#first = dayNumber('1995-01-01')
    const last = this.knownTo + 40 * 366
    this.#upTo = new Int32Array(last - this.#first + 1)
    for (let day = this.#first; day <= last; day++) {
      if (this.isWorking(day)) this.#days.push(day)
      this.#upTo[day - this.#first] = this.#days.length
    }
  }

  isHoliday(day: DayNumber): boolean {
    return this.#holidays.has(day)
  }

  isWorking(day: DayNumber): boolean {
    return !isWeekend(day) && !this.#holidays.has(day)
  }

  /** So many working days later: the start is day 0, whatever day it is, and day 1 the next working day. */
  workingDaysAfter(day: DayNumber, count: number): DayNumber {
    return this.#days[this.#at(day) + count - 1] ?? day
  }

  /** So many working days earlier: day 1 is the last working day before the start. */
  workingDaysBefore(day: DayNumber, count: number): DayNumber {
    return this.#days[this.#at(day - 1) - count] ?? day
  }

  /** Working days after `from`, up to and with `to`. */
  workingDaysBetween(from: DayNumber, to: DayNumber): number {
    return this.#at(to) - this.#at(from)
  }

  /** The last working day on or before a day: a due day is never moved, but is best planned for. */
  planningDay(day: DayNumber): DayNumber {
    return this.#days[this.#at(day) - 1] ?? day
  }

  /** Bank holidays after `from`, up to and with `to`, on which somebody would have worked. */
  holidaysBetween(from: DayNumber, to: DayNumber): DayNumber[] {
    return [...this.#holidays]
      .filter((day) => day > from && day <= to && !isWeekend(day))
      .sort((one, other) => one - other)
  }

  #at(day: DayNumber): number {
    const place = Math.min(Math.max(day - this.#first, 0), this.#upTo.length - 1)
    return this.#upTo[place]!
  }
}

/** A year counts as known when it has the eight days that every year has, or was published; one extra day does not make it so. */
function yearsOf(more: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const day of more) counts.set(day.slice(0, 4), (counts.get(day.slice(0, 4)) ?? 0) + 1)
  return [...counts].filter(([, count]) => count >= 8).map(([year]) => `${year}-01-01`)
}
