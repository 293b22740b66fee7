import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'csv-stringify/sync'
import { ssda903Tables } from '../returns/reading/ssda903/tables.ts'
import type { Day } from '../web/words.ts'
import { censusChild, censusHead, censusTail } from './census.ts'
import { returnYear } from './days.ts'
import type { Child, Family } from './families.ts'
import { peopleColumns, peopleOf } from './people-file.ts'
import { returnChild } from './ssda903.ts'

/** A return or a file that the demonstration brings in, as `cairn import` takes it. */
export interface Written {
  readonly source: 'cin-census' | 'ssda903' | 'people'
  /** The year in which the collection ends; empty for people. */
  readonly period: string
  /** The file, or the folder of files. */
  readonly path: string
  readonly names: readonly string[]
}

/** Worked out for a return in CSV, not sent in it. */
const notSent = new Set(['UASC'])

/** A text file that grows; what is not yet on disk is little. */
class Growing {
  #text: string
  readonly #file: number
  constructor(path: string, head: string) {
    this.#file = openSync(path, 'w', 0o600)
    this.#text = head
  }

  add(text: string): void {
    this.#text += text
    if (this.#text.length > 1 << 18) this.#flush()
  }

  close(tail = ''): void {
    this.#text += tail
    this.#flush()
    closeSync(this.#file)
  }

  #flush(): void {
    writeSync(this.#file, this.#text)
    this.#text = ''
  }
}

/** The tables of one year's looked-after return, each a file that is made when it has a row. */
class CareReturn {
  readonly #tables = new Map<string, { columns: readonly string[]; file: Growing }>()
  readonly names: string[] = []

  constructor(
    readonly folder: string,
    private readonly year: number,
  ) {
    mkdirSync(folder)
  }

  add(rows: Readonly<Record<string, readonly Record<string, string | undefined>[]>>): void {
    for (const [name, of] of Object.entries(rows)) {
      if (of.length === 0) continue
      const { columns, file } = this.#table(name)
      file.add(of.map((row) => `${columns.map((column) => row[column] ?? '').join()}\n`).join(''))
    }
  }

  #table(name: string) {
    const known = this.#tables.get(name)
    if (known) return known
    const shape = ssda903Tables.find((table) => table.name === name)!
    const columns = shape.columns.filter((column) => name !== 'Header' || !notSent.has(column))
    const file = `${name.toLowerCase()}.csv`
    this.names.push(file)
    const made = { columns, file: new Growing(join(this.folder, file), `${columns.join()}\n`) }
    this.#tables.set(name, made)
    return made
  }

  close(): Written {
    // A return without a table that has no rows this year is still one.
    for (const { name } of ssda903Tables)
      if (name !== 'DoLo' && (name !== 'SWEpisodes' || this.year >= 2024)) this.#table(name)
    for (const { file } of this.#tables.values()) file.close()
    return { source: 'ssda903', period: String(this.year), path: this.folder, names: this.names }
  }
}

/**
 * Writes families as another system would send them: the census and the looked-after return of each year, and a file of
 * people. One family after the other, so that memory stays what it is however many there are.
 */
export class ReturnsWritten {
  readonly #people: Growing
  readonly #census = new Map<number, Growing>()
  readonly #care = new Map<number, CareReturn>()
  readonly #last: number

  /**
   * @param folder empty, and left for whoever made it to remove
   * @param years how many years back there are returns
   */
  constructor(
    private readonly folder: string,
    private readonly about: { today: Day; seed: number; years: number },
  ) {
    this.#last = returnYear(about.today)
    this.#people = new Growing(join(folder, 'people.csv'), `${peopleColumns.join()}\n`)
  }

  /** @param workerOf the registration number of the social worker whom a child has now */
  add(family: Family, workerOf: (child: Child) => string): void {
    const { today, seed, years } = this.about
    this.#people.add(stringify(peopleOf(family, today, seed), { columns: [...peopleColumns] }))
    for (const child of family.children) {
      for (let year = Math.max(this.#last - years + 1, firstYear(child)); year <= this.#last; year += 1) {
        const inCensus = censusChild(child, year, today)
        if (inCensus) this.#censusOf(year).add(`${inCensus}\n`)
        const about = { home: family.home.postcode, worker: workerOf(child) }
        const inReturn = child.life.care && returnChild(child, about, year, today)
        if (inReturn) this.#careOf(year).add(inReturn)
      }
    }
  }

  #censusOf(year: number): Growing {
    const known = this.#census.get(year)
    if (known) return known
    const made = new Growing(join(this.folder, censusName(year)), censusHead(year, this.about.today))
    this.#census.set(year, made)
    return made
  }

  #careOf(year: number): CareReturn {
    const known = this.#care.get(year)
    if (known) return known
    const made = new CareReturn(join(this.folder, `ssda903-${year}`), year)
    this.#care.set(year, made)
    return made
  }

  /** Everything written, in the order in which it came about; people last, as returns know nobody's name. */
  close(): Written[] {
    const written: Written[] = []
    for (let year = this.#last - this.about.years + 1; year <= this.#last; year += 1) {
      const census = this.#census.get(year)
      census?.close(censusTail)
      if (census) {
        const name = censusName(year)
        written.push({
          source: 'cin-census',
          period: String(year),
          path: join(this.folder, name),
          names: [name],
        })
      }
      const care = this.#care.get(year)?.close()
      if (care) written.push(care)
    }
    this.#people.close()
    written.push({
      source: 'people',
      period: '',
      path: join(this.folder, 'people.csv'),
      names: ['people.csv'],
    })
    return written
  }
}

const censusName = (year: number) => `census-${year - 1}-${String(year).slice(2)}.xml`

const firstYear = ({ life }: Child): number => {
  const first = life.need[0]?.referral
  return first ? returnYear(first) : Number.POSITIVE_INFINITY
}
