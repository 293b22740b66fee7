import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { ssda903Tables } from '../../src/returns/reading/ssda903/tables.ts'
import { startYear, yearStarting } from '../../src/returns/rules/collection.ts'
import { type Fields, Seeding } from './mistakes.ts'
import { firstYearOfOrders, type Rows903, rowsOf } from './ssda903.ts'
import { inventLife, yearOf } from './ssda903-lives.ts'
import { ssda903Mistakes, type TwoYears } from './ssda903-mistakes.ts'
import { type Told, told, type Wanted } from './write-cin-census.ts'
import { canStandInXml, XmlReturn } from './write-ssda903-xml.ts'

/** Worked out for a CSV return, not sent in it. */
const workedOut = ['UASC']

/** Tables that are sent since a year. */
const sentFrom: Record<string, string> = { SWEpisodes: '2023-24', DoLo: firstYearOfOrders }

/**
 * Writes a looked-after children return of invented children, a CSV file a table or one XML file, and last year's
 * beside it. The same wish gives the same files.
 * @param folder gets two folders, `now` and `before`
 * @param expect hears of each finding that has to come of the mistakes in it
 */
export function writeSsda903(
  folder: string,
  wanted: Wanted & { form?: 'csv' | 'xml' },
  expect: (finding: Told) => void = () => {},
) {
  const { children, seed, mistaken = 0, form = 'csv' } = wanted
  const Return = form === 'csv' ? CsvTables : XmlReturn
  const year = yearOf(wanted.year)
  const lastYear = yearOf(yearStarting(startYear(wanted.year) - 1))
  const now = new Return(emptied(join(folder, 'now')), wanted.year)
  const before = new Return(emptied(join(folder, 'before')), lastYear.name)
  const mistakes = ssda903Mistakes(year).filter(({ rule }) => form === 'csv' || canStandInXml(rule))
  const seeding = new Seeding(mistakes, mistaken, seed)
  for (let i = 0; i < children; i++) {
    const life = inventLife(seed, i, year)
    const child: TwoYears = { ...rowsOf(life, year), lastYear: rowsOf(life, lastYear) }
    const expected = seeding.next(child, i)
    now.add(child)
    before.add(child.lastYear)
    for (const { rule, rows } of expected)
      expect(
        told(
          rule,
          now.ownerOf(rows[0]!),
          rows.map((row) => now.placeOf(row)),
        ),
      )
  }
  return { now: now.close(), before: before.close() }
}

function emptied(folder: string): string {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  return folder
}

/** A file for each table, and which row everything written lately has become. */
class CsvTables {
  #files: { name: keyof Rows903; columns: string[]; file: number; rows: number; text: string }[] = []
  #places = new WeakMap<object, string>()
  #rows = 0

  constructor(
    private readonly folder: string,
    year: string,
  ) {
    for (const { name, columns } of ssda903Tables) {
      if (year < (sentFrom[name] ?? '')) continue
      const sent = columns.filter((column) => name !== 'Header' || !workedOut.includes(column))
      const file = openSync(join(folder, `${name.toLowerCase()}.csv`), 'w')
      this.#files.push({
        name: name as keyof Rows903,
        ...{ columns: sent, file, rows: 0, text: `${sent.join()}\r\n` },
      })
    }
  }

  placeOf(row: object): string {
    return this.#places.get(row)!
  }

  ownerOf(row: object): string {
    return (row as Fields).CHILD!
  }

  add(rows: Rows903): void {
    for (const table of this.#files) {
      for (const row of rows[table.name]) {
        this.#places.set(row, `${table.name} ${++table.rows}`)
        let line = row[table.columns[0]!] ?? ''
        for (let i = 1; i < table.columns.length; i++) line += `,${row[table.columns[i]!] ?? ''}`
        table.text += `${line}\r\n`
      }
      if (table.text.length > 1 << 18) this.#write(table)
    }
  }

  /** @returns the folder, and how many rows are in it */
  close(): { folder: string; rows: number } {
    for (const table of this.#files) {
      this.#write(table)
      closeSync(table.file)
      this.#rows += table.rows
    }
    return { folder: this.folder, rows: this.#rows }
  }

  #write(table: { file: number; text: string }): void {
    writeSync(table.file, table.text)
    table.text = ''
  }
}
