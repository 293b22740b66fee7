import { dayNumber } from '../reading/days.ts'
import type { Postcodes, Providers } from './reference.ts'
import type { Day } from './words.ts'
import { workingDaysBefore } from './working-days.ts'

/** What a check is given besides the return itself. */
export interface Given {
  /** Nine-character code of the authority that makes the return. */
  authority?: string
  postcodes?: Postcodes
  providers?: Providers
  /** Names of the tables that are there, with `_last` for last year's. Left out: all of them. */
  tables?: ReadonlySet<string>
}

/**
 * The collection a child is checked for: its year, 1 April to 31 March, and what was given beside the return.
 * `collection.firstDay`, `collection.lastDay`; for the census also `collection.referenceDate`.
 */
export class Collection {
  readonly firstDay: Day
  /** 31 March; the census calls it the reference date. */
  readonly lastDay: Day
  readonly referenceDate: Day
  /** The year before: 1 April to 31 March. */
  readonly firstDayLastYear: Day
  readonly lastDayLastYear: Day
  /** The calendar year in which the collection year ends. */
  readonly endYear: number
  readonly authority: string
  readonly #given: Given
  /** Days worked out before: rules ask for the same few from the same day, row by row. */
  readonly #back = new Map<number, Day>()
  #backFrom: Day = Number.NaN

  /** @param year such as 2025-26 */
  constructor(
    readonly year: string,
    given: Given = {},
  ) {
    const start = startYear(year)
    this.firstDay = dayNumber(start, 4, 1)
    this.lastDay = dayNumber(start + 1, 3, 31)
    this.referenceDate = this.lastDay
    this.firstDayLastYear = dayNumber(start - 1, 4, 1)
    this.lastDayLastYear = dayNumber(start, 3, 31)
    this.endYear = start + 1
    this.authority = given.authority ?? ''
    this.#given = given
  }

  /** Whether a day is in the collection year, its first and last day included. Blank: no. */
  within(day: Day): boolean {
    return day >= this.firstDay && day <= this.lastDay
  }

  /** Whether a day is before or after the collection year. Blank: no. */
  outside(day: Day): boolean {
    return day < this.firstDay || day > this.lastDay
  }

  /** So many working days before a day, the first working day before it being 1. */
  workingDaysBefore(day: Day, count: number): Day {
    if (day !== this.#backFrom) {
      this.#backFrom = day
      this.#back.clear()
    }
    const there = this.#back.get(count) ?? workingDaysBefore(day, count)
    this.#back.set(count, there)
    return there
  }

  /** Whether a table is there at all, whoever stands in it: `Header`, last year's `Header_last`. */
  holds(table: string): boolean {
    return this.#given.tables?.has(table) ?? true
  }

  /** For rules that need `postcodes`. */
  get postcodes(): Postcodes {
    return this.#given.postcodes!
  }

  /** For rules that need `providers`. */
  get providers(): Providers {
    return this.#given.providers!
  }
}

/** @returns 2025 for 2025-26 @throws when it is no such year */
export function startYear(year: string): number {
  const found = /^(\d{4})-(\d\d)$/.exec(year)
  const start = Number(found?.[1])
  if (!found || (start + 1) % 100 !== Number(found[2])) throw new Error(`${year} is no year such as 2025-26`)
  return start
}

/** @returns 2025-26 for 2025 */
export const yearStarting = (start: number): string =>
  `${start}-${String((start + 1) % 100).padStart(2, '0')}`
