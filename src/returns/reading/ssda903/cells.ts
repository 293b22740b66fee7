import { dayIn, dayOf } from '../days.ts'
import { fieldSpan } from './lines.ts'

/** A field that holds nothing. */
export const blank = undefined

/** What a reader makes of one field: text, a day as a whole number (NaN: filled, but no date), or nothing. */
export type Cell = string | number | undefined

/** How to read one column of a file. */
export enum Reading {
  /** Not a column of the table: passed over. */
  Skip = 0,
  Text = 1,
  Date = 2,
  /** CHILD, known already from the bin. */
  Child = 3,
}

/** What stood in a file where the cell shows something else: small letters, an impossible date. */
export type Odd = Map<number, string>

/** How the columns of one file come to be the cells of one table. */
export interface RowPlan {
  delimiter: number
  /** For each column of the file, how to read it … */
  readings: Reading[]
  /** … and which cell it becomes. */
  targets: number[]
  /** Cells in a row of the table. */
  width: number
}

const slots = 1 << 14
const quote = 34

/**
 * Turns the bytes of a row into cells. Values of up to eight letters, which is nearly all of a return, are looked
 * up by their bytes in a table of those seen before, so that the same code is the same string and costs nothing.
 */
export class CellReader {
  #low = new Int32Array(slots)
  #high = new Int32Array(slots)
  #known: string[] = new Array(slots).fill('')
  /** The cells of the row read last; `width` of them count. */
  readonly cells: Cell[] = new Array(16).fill(blank)
  /** Of the row read last: texts that differ from their cells; null as good as always. */
  odd: Odd | null = null
  /** Fields of the row read last. */
  fields = 0
  /** The row read last has quotes that do not close, or letters outside them. */
  untidy = false
  /** The row read last has bytes that are no UTF-8. */
  notUtf8 = false

  /** Reads the row in `bytes` from `start` up to `end`. */
  read(bytes: Buffer, start: number, end: number, plan: RowPlan): void {
    const { delimiter, readings, targets } = plan
    const cells = this.cells
    this.odd = null
    this.untidy = false
    this.notUtf8 = false
    for (let i = 0; i < plan.width; i++) cells[i] = blank
    let at = start
    let field = 0
    const columns = readings.length
    while (at <= end) {
      const reading = field < columns ? readings[field]! : Reading.Skip
      if (at === end || bytes[at] === delimiter) {
        at++
      } else if (reading === Reading.Text) at = this.#text(bytes, at, end, delimiter, targets[field]!)
      else if (reading === Reading.Date) at = this.#date(bytes, at, end, delimiter, targets[field]!)
      else if (bytes[at] === quote || bytes[at] === 32) at = fieldSpan(bytes, at, end, delimiter).next
      else {
        while (at < end && bytes[at] !== delimiter) at++
        at++
      }
      field++
    }
    this.fields = field
  }

  #date(bytes: Buffer, at: number, end: number, delimiter: number, target: number): number {
    const after = at + 10
    if (after === end || (after < end && bytes[after] === delimiter)) {
      const day = dayIn(bytes, at)
      if (!Number.isNaN(day)) {
        this.cells[target] = day
        return after + 1
      }
    }
    return this.#slow(bytes, at, end, delimiter, target, true)
  }

  #text(bytes: Buffer, start: number, end: number, delimiter: number, target: number): number {
    let low = 0
    let high = 0
    let at = start
    for (; at < end && bytes[at] !== delimiter; at++) {
      const c = bytes[at]!
      // Quotes, small letters, spaces at the ends, letters beyond ASCII: not in a hurry.
      if (c >= 97 || c < 32 || c === quote) return this.#slow(bytes, start, end, delimiter, target, false)
      const place = at - start
      if (place < 4) low |= c << (place << 3)
      else if (place < 8) high |= c << ((place - 4) << 3)
    }
    if (bytes[at - 1] === 32 || bytes[start] === 32)
      return this.#slow(bytes, start, end, delimiter, target, false)
    if (at - start > 8) this.cells[target] = bytes.toString('latin1', start, at)
    else {
      const slot = (Math.imul(low ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b) >>> 15) & (slots - 1)
      if (this.#low[slot] === low && this.#high[slot] === high) this.cells[target] = this.#known[slot]
      else {
        const text = bytes.toString('latin1', start, at)
        this.#low[slot] = low
        this.#high[slot] = high
        this.#known[slot] = text
        this.cells[target] = text
      }
    }
    return at + 1
  }

  #slow(bytes: Buffer, at: number, end: number, delimiter: number, target: number, date: boolean): number {
    const span = fieldSpan(bytes, at, end, delimiter)
    if (span.untidy) this.untidy = true
    const raw = this.#decode(span.bytes)
    const text = raw.trim()
    if (text === '') return span.next
    const cell = date ? dayOf(text) : text.toUpperCase()
    this.cells[target] = cell
    if (cell !== text && (typeof cell === 'string' || Number.isNaN(cell))) {
      this.odd ??= new Map()
      this.odd.set(target, text)
    }
    return span.next
  }

  #decode(bytes: Uint8Array): string {
    const { text, utf8 } = decoded(bytes)
    if (!utf8) this.notUtf8 = true
    return text
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })
const windows1252 = new TextDecoder('windows-1252')

/** Text as UTF-8 or, where it is none, as Windows-1252. */
export function decoded(bytes: Uint8Array): { text: string; utf8: boolean } {
  try {
    return { text: utf8.decode(bytes), utf8: true }
  } catch {
    return { text: windows1252.decode(bytes), utf8: false }
  }
}
