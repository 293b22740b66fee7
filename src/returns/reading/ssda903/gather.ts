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

/** There is no next record. */
const none = -1

const quoteMark = 34

/** Brings the records of one bin together, child by child. */
export class Gatherer<R = Row> {
  #cells = new CellReader()
  /** A table of chains by hash, each told by its number from 1; and of each chain its hash and its ends. */
  #slots = new Int32Array(1 << 13)
  #hashes: number[] = []
  #first: number[] = []
  #last: number[] = []

  constructor(
    private readonly stretches: readonly Stretch[],
    private readonly tables: number,
    private readonly warnings: Warnings,
    private readonly make: RowMaker<R>,
  ) {}

  /** The children of a bin whose records fill `bytes` up to `used`, in no order. Writes over the hashes in it. */
  *children(bytes: Buffer, used: number): Generator<GatheredChild<R>> {
    const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2)
    const groups = this.#group(bytes, words, used)
    const records: number[] = []
    for (let group = 0; group < groups; group++) {
      records.length = 0
      for (let at = this.#first[group]!; at !== none; at = words[(at >> 2) + 4]!) records.push(at)
      const id = this.#childIn(bytes, words, records[0]!).toUpperCase()
      if (id !== '') yield this.#child(bytes, words, id, records)
      // Rows without a CHILD belong to nobody: each stands for itself, and last year's match nothing of this year.
      else
        for (const record of records) {
          const child = this.#child(bytes, words, id, [record])
          if (child.rows.some((rows) => rows.length > 0)) yield child
        }
    }
  }

  /**
   * Chains the records of each child, small letters and capitals being the same: the place of the next record is
   * written where the hash stood, and the first of each chain is kept.
   * @returns how many chains there are
   */
  #group(bytes: Buffer, words: Int32Array, used: number): number {
    let groups = 0
    this.#slots.fill(0)
    for (let at = 0; at < used; ) {
      const word = at >> 2
      const hash = words[word + 4]!
      const next = (at + recordHead + words[word]! + 3) & ~3
      words[word + 4] = none
      const mask = this.#slots.length - 1
      let slot = (hash ^ (hash >>> 15)) & mask
      let group = this.#slots[slot]! - 1
      while (group !== -1 && !(this.#hashes[group] === hash && this.#sameChild(bytes, words, group, at))) {
        slot = (slot + 1) & mask
        group = this.#slots[slot]! - 1
      }
      if (group === -1) {
        this.#slots[slot] = groups + 1
        this.#hashes[groups] = hash
        this.#first[groups] = at
        this.#last[groups] = at
        if (++groups > this.#slots.length / 2) this.#moreSlots(groups)
      } else {
        words[(this.#last[group]! >> 2) + 4] = at
        this.#last[group] = at
      }
      at = next
    }
    return groups
  }

  #moreSlots(groups: number): void {
    const slots = new Int32Array(this.#slots.length * 4)
    const mask = slots.length - 1
    for (let group = 0; group < groups; group++) {
      const hash = this.#hashes[group]!
      let slot = (hash ^ (hash >>> 15)) & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = group + 1
    }
    this.#slots = slots
  }

  #sameChild(bytes: Buffer, words: Int32Array, group: number, other: number): boolean {
    const one = this.#first[group]!
    const [a, b] = [this.stretches[words[(one >> 2) + 1]!]!, this.stretches[words[(other >> 2) + 1]!]!]
    if (a.childColumn === 0 && b.childColumn === 0 && a.plan.delimiter === b.plan.delimiter) {
      const { delimiter } = a.plan
      const length = Math.min(words[one >> 2]!, words[other >> 2]!)
      for (let i = recordHead; i < recordHead + length && bytes[one + i] === bytes[other + i]; i++)
        if (bytes[one + i] === delimiter) return true
    }
    const [id, otherId] = [this.#childIn(bytes, words, one), this.#childIn(bytes, words, other)]
    return id === otherId || id.toUpperCase() === otherId.toUpperCase()
  }

  /** The CHILD of a record as it stands there. */
  #childIn(bytes: Buffer, words: Int32Array, record: number): string {
    const stretch = this.stretches[words[(record >> 2) + 1]!]!
    const start = record + recordHead
    return childIn(bytes, start, start + words[record >> 2]!, stretch)
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
        first = id === '' ? '' : childIn(bytes, start, end, stretch)
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

/** The field CHILD of a row as it stands there, without quotes and without spaces around it. */
function childIn(bytes: Buffer, start: number, end: number, stretch: Stretch): string {
  const { delimiter } = stretch.plan
  if (stretch.childColumn === 0) {
    let at = start
    while (at < end && bytes[at] !== delimiter && bytes[at]! > quoteMark && bytes[at]! < 127) at++
    if (at === end || bytes[at] === delimiter) return bytes.toString('latin1', start, at)
  }
  return decoded(fieldOf(bytes, start, end, delimiter, stretch.childColumn)).text.trim()
}

/** Few records, in runs that are in order: insertion is quickest, and a return made to be slow gets the other. */
function sortByPlace(records: number[], words: Int32Array): void {
  if (records.length > 200) {
    records.sort((one, other) => placeOf(one, words) - placeOf(other, words))
    return
  }
  for (let i = 1; i < records.length; i++) {
    const record = records[i]!
    const place = placeOf(record, words)
    let to = i
    for (; to > 0 && placeOf(records[to - 1]!, words) > place; to--) records[to] = records[to - 1]!
    records[to] = record
  }
}

const placeOf = (record: number, words: Int32Array): number =>
  words[(record >> 2) + 1]! * 2 ** 32 + words[(record >> 2) + 2]!
