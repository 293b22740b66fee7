import { createWriteStream } from 'node:fs'
import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { stringify } from 'csv-stringify'
import writeExcelFile from 'write-excel-file/node'
import type { Finding } from './found.ts'
import type { Checked } from './result.ts'

/** Ways in which findings leave: for programs, and as tables with a line for each place that is marked. */

/** As one JSON document, written piece by piece: there may be millions of findings. */
export async function writeJson(checked: Checked, to: Writable): Promise<void> {
  const { findings, warnings: _, ...rest } = checked
  const head = JSON.stringify(rest)
  await writeAll(to, jsonPieces(`${head.slice(0, -1)},"findings":[`, findings))
}

function* jsonPieces(head: string, findings: Iterable<Finding>): Generator<string> {
  yield head
  let before = '\n'
  for (const finding of findings) {
    yield before + JSON.stringify(finding)
    before = ',\n'
  }
  yield '\n]}\n'
}

/** One finding a line. */
export async function writeNdjson(checked: Checked, to: Writable): Promise<void> {
  await writeAll(
    to,
    (function* () {
      for (const finding of checked.findings) yield `${JSON.stringify(finding)}\n`
    })(),
  )
}

async function writeAll(to: Writable, pieces: Iterable<string>): Promise<void> {
  let waiting = ''
  const flush = async () => {
    const full = !to.write(waiting)
    waiting = ''
    if (full) await new Promise<void>((drained) => to.once('drain', () => drained()))
  }
  for (const piece of pieces) {
    waiting += piece
    if (waiting.length > 1 << 16) await flush()
  }
  await flush()
}

export const headings = ['Rule', 'Kind', 'Child', 'What is wrong', 'Table', 'Row', 'Fields']

/** A line for each place of each finding; a finding on no row has one line. */
export function* lines(findings: Iterable<Finding>): Generator<(string | number | null)[]> {
  for (const { rule, kind, child, message, places } of findings) {
    const of = [rule, kind, child, message]
    if (places.length === 0) yield [...of, null, null, null]
    for (const { table, row, fields } of places) yield [...of, table, row, fields.join(' ')]
  }
}

type Line = readonly (string | number | null)[]

/** As CSV with a byte-order mark, so that a spreadsheet knows its letters. */
export const writeCsv = (checked: Checked, path: string): Promise<void> =>
  writeTableCsv(withHead(headings, lines(checked.findings)), path)

function* withHead(head: Line, rows: Iterable<Line>): Generator<Line> {
  yield head
  yield* rows
}

/** Writes a table as CSV, its headings first. */
export async function writeTableCsv(
  table: Iterable<Line> | AsyncIterable<Line>,
  path: string,
): Promise<void> {
  // A spreadsheet would take these for a formula.
  const safe = (cell: string | number | null) =>
    typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  const rows = Readable.from(
    (async function* () {
      for await (const line of table) yield line.map(safe)
    })(),
  )
  await pipeline(rows, stringify({ bom: true, record_delimiter: 'windows' }), createWriteStream(path))
}

/** More lines than a workbook holds would not fit into memory, nor into anybody's afternoon. */
export const mostLinesOfWorkbook = 200_000

const widths = [8, 8, 16, 80, 24, 8, 40]

/**
 * As a workbook.
 * @returns whether all findings are in it: a workbook ends after 200,000 lines, and the CSV has them all
 */
export const writeXlsx = (checked: Checked, path: string): Promise<boolean> =>
  writeTableXlsx(withHead(headings, lines(checked.findings)), widths, path)

/**
 * Writes a table as a workbook of one sheet, its headings first.
 * @param widths of its columns, in letters
 * @returns whether all lines are in it
 */
export async function writeTableXlsx(
  table: Iterable<Line> | AsyncIterable<Line>,
  widths: readonly number[],
  path: string,
): Promise<boolean> {
  const data: unknown[][] = []
  let all = true
  for await (const line of table) {
    if (data.length > mostLinesOfWorkbook) {
      all = false
      break
    }
    data.push(data.length === 0 ? line.map((value) => ({ value, fontWeight: 'bold' })) : [...line])
  }
  const columns = widths.map((width) => ({ width }))
  await writeExcelFile(data as never, { columns, stickyRowsCount: 1, sheet: 'Findings' } as never).toFile(
    path,
  )
  return all
}
