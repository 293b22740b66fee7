import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { closeInput, type Given, type Input, openInput, readAt, sniff, whyNot } from '../input.ts'
import { UnusableInput } from '../unusable.ts'
import type { Warnings } from '../warnings.ts'
import { decoded, Reading, type RowPlan } from './cells.ts'
import { fieldSpan } from './lines.ts'
import { columnName, missingColumns, recogniseTable, ssda903Tables } from './tables.ts'

/** The line of column names may be this long, and no longer. */
const longestHeading = 1 << 16

/** A file of the return, opened and recognised. */
export interface ReturnFile {
  input: Input
  /** Sent in the previous year. */
  last: boolean
  kind: 'csv' | 'xml'
  /** CSV: the table's place in `ssda903Tables`. */
  table: number
  /** CSV: how to read its rows. */
  plan: RowPlan
  childColumn: number
  /** Where the rows begin, and how many lines stand before them. */
  dataStart: number
  linesBefore: number
  /** The table's columns that the file has. */
  columns: string[]
  /** CSV: nothing stands under the line of column names. */
  empty: boolean
  /** Tables, by their place, of which no row is asked for. */
  unread: readonly number[]
}

/**
 * Opens what was given: files, folders of files, or bytes.
 * @throws UnusableInput when nothing of it is a part of such a return
 */
export function openReturn(
  given: readonly Given[],
  last: boolean,
  warnings: Warnings,
  unread: readonly number[] = [],
): ReturnFile[] {
  const files: ReturnFile[] = []
  for (const one of given) {
    const inFolder = typeof one === 'string' && isFolder(one)
    for (const path of inFolder ? filesIn(one) : [one]) {
      try {
        files.push({ ...openFile(path, last, warnings), unread })
      } catch (error) {
        // In a folder other things may lie about; what was named must be what it is said to be.
        if (!inFolder || !(error instanceof UnusableInput)) throw error
        warnings.add(nameOf(path), null, `left out: ${error.message.slice(error.message.indexOf(': ') + 2)}`)
      }
    }
  }
  const csv = files.filter((file) => file.kind === 'csv')
  if (files.length === 0) {
    const where = given.map((one) => (typeof one === 'string' ? one : one.name)).join(', ')
    throw new UnusableInput(`${where}: no file here is part of a looked-after children return (SSDA903)`)
  }
  if (csv.length === 0 || csv.length === files.length) return tellTwice(files, warnings)
  for (const file of files) {
    if (file.kind === 'csv') continue
    warnings.add(file.input.name, null, 'left out: a return is either CSV or XML, and CSV files are there')
    closeInput(file.input)
  }
  return tellTwice(csv, warnings)
}

function tellTwice(files: ReturnFile[], warnings: Warnings): ReturnFile[] {
  const seen = new Map<number, string>()
  for (const file of files) {
    if (file.kind === 'xml') continue
    const before = seen.get(file.table)
    const table = ssda903Tables[file.table]!.name
    if (before === undefined) seen.set(file.table, file.input.name)
    else
      warnings.add(
        file.input.name,
        null,
        `a second file of ${table}: its rows are added to those of ${before}`,
      )
  }
  return files
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch (error) {
    throw new UnusableInput(`${path}: ${whyNot(error)}`)
  }
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.'))
      .map((entry) => join(folder, entry.name))
      .sort()
  } catch (error) {
    throw new UnusableInput(`${folder}: ${whyNot(error)}`)
  }
}

function nameOf(given: Given): string {
  return (typeof given === 'string' ? given : given.name).replace(/^.*[\\/]/, '')
}

function openFile(given: Given, last: boolean, warnings: Warnings): ReturnFile {
  const input = openInput(given)
  try {
    const { kind, textStart } = sniff(input)
    if (kind === 'xml') return xmlFile(input, last, textStart)
    return csvFile(input, last, textStart, warnings)
  } catch (error) {
    closeInput(input)
    throw error
  }
}

function xmlFile(input: Input, last: boolean, textStart: number): ReturnFile {
  const plan = { delimiter: 44, readings: [], targets: [], width: 0 }
  return {
    ...{ input, last, kind: 'xml', table: -1, plan, childColumn: -1 },
    ...{ dataStart: textStart, linesBefore: 0, columns: [], empty: false, unread: [] },
  }
}

function csvFile(input: Input, last: boolean, textStart: number, warnings: Warnings): ReturnFile {
  const heading = headingOf(input, textStart)
  const delimiter = delimiterOf(heading.bytes)
  const names = fieldsOf(heading.bytes, delimiter).map(columnName)
  const table = recogniseTable(names)
  if (table === -1) {
    throw new UnusableInput(
      `${input.name}: its columns (line ${heading.lines}) are of no table of the looked-after children return (SSDA903)`,
    )
  }
  const shape = ssda903Tables[table]!
  const tell = (what: string) => warnings.add(input.name, heading.lines, what)
  if (delimiter !== 44) tell('the columns are not parted by commas')
  const seen = new Set<string>()
  const readings: Reading[] = []
  const targets: number[] = []
  for (const name of names) {
    const target = (shape.columns as readonly string[]).indexOf(name)
    if (target === -1 && name !== '') tell(`column ${shown(name)} is not one of ${shape.name}: passed over`)
    if (target !== -1 && seen.has(name)) tell(`column ${name} stands twice: the first is read`)
    const skip = target === -1 || seen.has(name)
    seen.add(name)
    targets.push(skip ? 0 : target)
    readings.push(skip ? Reading.Skip : readingOf(shape, name))
  }
  for (const name of missingColumns(shape, names)) tell(`column ${name} is missing: it counts as blank`)
  return {
    ...{ input, last, kind: 'csv', table, childColumn: names.indexOf('CHILD') },
    plan: { delimiter, readings, targets, width: shape.columns.length },
    dataStart: heading.end,
    linesBefore: heading.lines,
    columns: shape.columns.filter((column) => seen.has(column)),
    empty: isEmpty(input, heading.end),
    unread: [],
  }
}

/** Whether nothing but blanks and marks between columns stands from there on. */
function isEmpty(input: Input, from: number): boolean {
  if (input.size - from > longestHeading) return false
  const rest = Buffer.alloc(Math.max(0, input.size - from))
  return !/[^\s,;"]/.test(rest.subarray(0, readAt(input, rest, rest.length, from)).toString('latin1'))
}

function readingOf(shape: { dates: readonly string[] }, name: string): Reading {
  if (name === 'CHILD') return Reading.Child
  return shape.dates.includes(name) ? Reading.Date : Reading.Text
}

const shown = (name: string) => JSON.stringify(name.slice(0, 40))

/** The first line that is not blank. */
function headingOf(input: Input, textStart: number): { bytes: Buffer; end: number; lines: number } {
  const start = Buffer.alloc(longestHeading)
  const got = readAt(input, start, longestHeading, textStart)
  let at = 0
  for (let lines = 1; at < got; lines++) {
    let end = at
    while (end < got && start[end] !== 10 && start[end] !== 13) end++
    if (end === got && got === longestHeading)
      throw new UnusableInput(`${input.name}: line ${lines} is longer than any line of such a return`)
    const next = start[end] === 13 && start[end + 1] === 10 ? end + 2 : end + 1
    const bytes = start.subarray(at, end)
    if (/[^\s,;"]/.test(bytes.toString('latin1')))
      return { bytes, end: textStart + Math.min(next, got), lines }
    at = next
  }
  throw new UnusableInput(`${input.name}: there is no line of column names`)
}

/** Commas; but a spreadsheet of another country or a hasty export may have semicolons or tabs. */
function delimiterOf(heading: Buffer): number {
  const [comma, semicolon, tab] = [44, 59, 9]
  const known = (delimiter: number) => recogniseTable(fieldsOf(heading, delimiter).map(columnName)) !== -1
  return [comma, semicolon, tab].find(known) ?? comma
}

function fieldsOf(line: Buffer, delimiter: number): string[] {
  const fields: string[] = []
  for (let at = 0; at <= line.length; ) {
    const span = fieldSpan(line, at, line.length, delimiter)
    fields.push(decoded(span.bytes).text)
    at = span.next
  }
  return fields
}
