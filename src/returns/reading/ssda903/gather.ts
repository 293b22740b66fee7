import type { Warnings } from '../warnings.ts'
import { blank, type Cell, CellReader, decoded, type Odd, type RowPlan } from './cells.ts'
import { fieldOf } from './lines.ts'
import { recordHead } from './scatter.ts'
import { ssda903Tables } from './tables.ts'

/** More rows than any child's life could fill: rows beyond are left out and warned of, so that memory stays bounded. */
export const mostRowsOfChild = 20_000

/** What to know of the records of one stretch of one table, to read them and to say where they stand. */
export interface Stretch {
  file: string
  /** Place in `ssda903Tables`. */
  table: number
  last: boolean
  plan: RowPlan
  childColumn: number
  /** Rows of this table, and lines of this file, before the first of this stretch. */
  rowsBefore: number
  linesBefore: number
  /** Rows should be as long as a line of column names (CSV), or are as long as they are (XML). */
  heading: boolean
}

/** One row: its cells in the order of the table's columns, and where it stands. */
export interface Row {
  cells: Cell[]
  /** By column: what stood in the file where it differs from the cell. Almost always null. */
  odd: Odd | null
  /** Counted from 1 in its table. */
  row: number
  file: string
  line: number
}

/**
 * Makes what is kept of one row. `cells` is used again for the next row and may hold more cells than the table has
 * columns.
 */
export type RowMaker<R> = (
  table: number,
  cells: readonly Cell[],
  row: number,
  odd: Odd | null,
  file: string,
  line: number,
) => R

/** Keeps all that is known of a row. */
export const plainRow: RowMaker<Row> = (table, cells, row, odd, file, line) => ({
  cells: cells.slice(0, ssda903Tables[table]!.columns.length),
  ...{ odd, row, file, line },
})

/** All that a return says of one child. */
export interface GatheredChild<R = Row> {
  /** CHILD as it first stands in the files; null for a row without one. */
  id: string | null
  /** Where the child first stands: children told in this order are in the order of the return. */
  order: number
  /** By place in `ssda903Tables`: rows in the order of the files. */
  rows: R[][]
  /** The same from the previous year's return; null when the child is not in it. */
  rowsLast: R[][] | null
}

/** Brings the records of one bin together, child by child. */
export class Gatherer<R = Row> {
  #cells = new CellReader()

  constructor(
    private readonly stretches: readonly Stretch[],
    private readonly tables: number,
    private readonly warnings: Warnings,
    private readonly make: RowMaker<R>,
  ) {}

  /** The children of a bin whose records fill `bytes` up to `used`, in no order. */
  *children(bytes: Buffer, used: number): Generator<GatheredChild<R>> {
    const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2)
    for (const [id, records] of this.#group(bytes, words, used)) {
      if (id !== '') yield this.#child(bytes, words, id, records)
      // Rows without a CHILD belong to nobody: each stands for itself.
      else
        for (const record of records) {
          const child = this.#child(bytes, words, id, [record])
          if (child.rowsLast !== null || child.rows.some((rows) => rows.length > 0)) yield child
        }
    }
  }

  /** Places of the records of each child, in capitals so that `a1` and `A1` are one. */
  #group(bytes: Buffer, words: Int32Array, used: number): Map<string, number[]> {
    const groups = new Map<string, number[]>()
    for (let at = 0; at < used; ) {
      const length = words[at >> 2]!
      const start = at + recordHead
      const id = this.#childIn(bytes, start, start + length, this.stretches[words[(at >> 2) + 1]!]!)
      const group = groups.get(id)
      if (group === undefined) groups.set(id, [at])
      else group.push(at)
      at = (start + length + 3) & ~3
    }
    return groups
  }

  #childIn(bytes: Buffer, start: number, end: number, stretch: Stretch): string {
    if (stretch.childColumn === 0) {
      const { delimiter } = stretch.plan
      let at = start
      while (at < end && bytes[at] !== delimiter && bytes[at]! > 34 && bytes[at]! < 97) at++
      if (at === end || bytes[at] === delimiter) return bytes.toString('latin1', start, at)
    }
    return rawChild(bytes, start, end, stretch).toUpperCase()
  }

  #child(bytes: Buffer, words: Int32Array, id: string, records: number[]): GatheredChild<R> {
    // Threads fill a bin side by side; the order of the files is that of stretches, then rows.
    sortByPlace(records, words)
    const rows = this.#noRows()
    let rowsLast: R[][] | null = null
    let order = Number.POSITIVE_INFINITY
    let first = ''
    let count = 0
    for (const record of records) {
      const word = record >> 2
      const stretch = this.stretches[words[word + 1]!]!
      const start = record + recordHead
      const end = start + words[word]!
      const row = stretch.rowsBefore + words[word + 2]! + 1
      const line = stretch.linesBefore + words[word + 3]! + 1
      const place = (stretch.last ? this.tables : 0) + stretch.table
      if (place * 2 ** 40 + row < order) {
        order = place * 2 ** 40 + row
        first = id === '' ? '' : rawChild(bytes, start, end, stretch)
      }
      if (++count > mostRowsOfChild) {
        this.warnings.add(stretch.file, line, `left out: child has more than ${mostRowsOfChild} rows`)
        continue
      }
      const read = this.#row(bytes, start, end, id, stretch, row, line)
      if (read === null) continue
      if (stretch.last) rowsLast ??= this.#noRows()
      ;(stretch.last ? rowsLast! : rows)[stretch.table]!.push(read)
    }
    return { id: first === '' ? null : first, order, rows, rowsLast }
  }

  #noRows(): R[][] {
    const rows: R[][] = []
    for (let table = 0; table < this.tables; table++) rows.push([])
    return rows
  }

  #row(
    bytes: Buffer,
    start: number,
    end: number,
    id: string,
    stretch: Stretch,
    row: number,
    line: number,
  ): R | null {
    const reader = this.#cells
    reader.read(bytes, start, end, stretch.plan)
    const cells = reader.cells
    if (id !== '') cells[0] = id
    else if (cells.slice(0, stretch.plan.width).every((cell) => cell === blank)) {
      this.warnings.add(stretch.file, line, 'left out: a row with nothing in it')
      return null
    }
    if (reader.fields !== stretch.plan.readings.length && stretch.heading)
      this.#tellLength(bytes, end, reader.fields, stretch, line)
    if (reader.untidy) this.warnings.add(stretch.file, line, 'quotes that do not match')
    if (reader.notUtf8)
      this.warnings.add(stretch.file, line, 'letters that are not UTF-8: read as Windows-1252')
    return this.make(stretch.table, cells, row, reader.odd, stretch.file, line)
  }

  #tellLength(bytes: Buffer, end: number, fields: number, stretch: Stretch, line: number): void {
    const columns = stretch.plan.readings.length
    if (fields < columns) {
      this.warnings.add(
        stretch.file,
        line,
        'the row is shorter than the line of column names: what is not there counts as blank',
      )
      return
    }
    let commas = 0
    while (bytes[end - 1 - commas] === stretch.plan.delimiter) commas++
    if (commas < fields - columns)
      this.warnings.add(
        stretch.file,
        line,
        'the row is longer than the line of column names: what is beyond is passed over',
      )
  }
}

function rawChild(bytes: Buffer, start: number, end: number, stretch: Stretch): string {
  return decoded(fieldOf(bytes, start, end, stretch.plan.delimiter, stretch.childColumn)).text.trim()
}

/** Few records, nearly always in order: insertion is quickest, and a return made to be slow gets the other. */
function sortByPlace(records: number[], words: Int32Array): void {
  const place = (record: number) => words[(record >> 2) + 1]! * 2 ** 32 + words[(record >> 2) + 2]!
  for (let i = 1; i < records.length; i++) {
    if (place(records[i - 1]!) > place(records[i]!)) {
      records.sort((a, b) => place(a) - place(b))
      return
    }
  }
}
