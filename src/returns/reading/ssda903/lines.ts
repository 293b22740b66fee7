import { type Input, readAt } from '../input.ts'
import { type Bins, longestRow, recordHead } from './scatter.ts'

const newline = 10
const carriageReturn = 13
const quote = 34
const space = 32
const nothing = new Uint8Array(0)

/** What to know of a CSV file to bring its rows to their bins. */
export interface RowFile {
  input: Input
  /** Place of the first byte after the line of column names. */
  dataStart: number
  delimiter: number
  /** Which column, counted from 0, holds CHILD. */
  childColumn: number
}

/** A stretch of a file for one thread. A row belongs to the stretch in which its line begins. */
export interface Span {
  number: number
  start: number
  end: number
}

export interface SpanRead {
  /** Rows met, and lines that ended, in this stretch. */
  rows: number
  lines: number
  /** Lines longer than a row may be. */
  tooLong: number
}

/** Bytes of a file at most in one stretch. */
export const stretchSize = 4 << 20

/** Reads one stretch and throws its rows into the bins. */
export class StretchReader {
  #buffer = Buffer.alloc(stretchSize + longestRow + 2)
  #rows = 0
  #lines = 0
  #tooLong = 0

  read(file: RowFile, stretch: Span, bins: Bins): SpanRead {
    // One byte before the start shows whether a line begins there.
    const from = stretch.start > file.dataStart ? stretch.start - 1 : stretch.start
    const upTo = Math.min(file.input.size, stretch.end + longestRow)
    const buffer = this.#buffer
    const got = readAt(file.input, buffer, upTo - from, from)
    const limit = Math.min(stretch.end - from, got)
    // A line end behind the last byte, so that no loop over a line needs to look for the end of the buffer too.
    buffer[got] = newline
    this.#rows = 0
    this.#lines = 0
    this.#tooLong = 0
    let at = 0
    if (from < stretch.start) at = afterLineEnd(buffer, lineEnd(buffer, 0))
    while (at < limit) at = this.#line(at, file.delimiter, file.childColumn, stretch.number, bins)
    return { rows: this.#rows, lines: this.#lines, tooLong: this.#tooLong }
  }

  /** Brings the line that begins at `start` to its bin. @returns where the next line begins */
  #line(start: number, delimiter: number, childColumn: number, stretch: number, bins: Bins): number {
    const buffer = this.#buffer
    let at = start
    let hash = 0x811c9dc5
    let c = 0
    if (childColumn === 0) {
      // The common case in one go: CHILD is first, without quotes or spaces.
      for (c = buffer[at]!; c !== delimiter && c > space && c !== quote; c = buffer[++at]!) {
        hash = Math.imul(hash ^ (c >= 97 && c <= 122 ? c - 32 : c), 0x01000193)
      }
    }
    if (c !== delimiter || at === start) {
      const end = lineEnd(buffer, start)
      if (isBlank(buffer, start, end)) {
        this.#lines++
        return afterLineEnd(buffer, end)
      }
      hash = hashOfChild(buffer, start, Math.min(end, start + longestRow), delimiter, childColumn)
      // Rows without a CHILD belong to nobody: they need not all go into one bin.
      if (hash === hashOfNobody) hash = Math.imul(this.#rows, 0x9e3779b1)
    }
    const bin = bins.binFor(hash)
    const bytes = bins.bytes[bin]!
    let to = bins.at[bin]! + recordHead
    const tooFar = start + longestRow
    // Copied byte by byte: rows are short, and nothing has to be asked of the system.
    for (at = start; at < tooFar; at++) {
      const byte = buffer[at]!
      if (byte === newline || byte === carriageReturn) break
      bytes[to++] = byte
    }
    const end = lineEnd(buffer, at)
    if (end > at) this.#tooLong++
    bins.seal(bin, to, stretch, this.#rows, this.#lines, hash)
    this.#rows++
    this.#lines++
    return afterLineEnd(buffer, end)
  }
}

function lineEnd(buffer: Uint8Array, at: number): number {
  while (buffer[at] !== newline && buffer[at] !== carriageReturn) at++
  return at
}

/** The place after the line end that stands at `at`: LF, CR LF or CR alone. */
function afterLineEnd(buffer: Uint8Array, at: number): number {
  return buffer[at] === carriageReturn && buffer[at + 1] === newline ? at + 2 : at + 1
}

function isBlank(buffer: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (buffer[i]! !== space && buffer[i]! !== 9) return false
  return true
}

function hashOfChild(
  bytes: Uint8Array,
  start: number,
  end: number,
  delimiter: number,
  column: number,
): number {
  const child = fieldOf(bytes, start, end, delimiter, column)
  return hashOf(child, 0, child.length)
}

const hashOfNobody = 0x811c9dc5

/** A number that is the same for the same CHILD, whatever the case of its letters. */
export function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5
  for (let i = start; i < end; i++) {
    let c = bytes[i]!
    if (c >= 97 && c <= 122) c -= 32
    hash = Math.imul(hash ^ c, 0x01000193)
  }
  return hash
}

/** The bytes of one field without quotes and without spaces around. Slow and for any row. */
export function fieldOf(
  bytes: Uint8Array,
  start: number,
  end: number,
  delimiter: number,
  column: number,
): Uint8Array {
  let at = start
  for (let field = 0; at <= end; field++) {
    const span = fieldSpan(bytes, at, end, delimiter)
    if (field === column) return span.bytes
    at = span.next
  }
  return nothing
}

/**
 * Takes one field, quoted or not. A quoted field never runs over the end of its line: none of this return's values
 * could, and so one quote forgotten costs one row and not the rest of the file.
 */
export function fieldSpan(
  bytes: Uint8Array,
  start: number,
  end: number,
  delimiter: number,
): { bytes: Uint8Array; next: number; untidy: boolean } {
  let at = start
  while (at < end && isSpace(bytes[at]!) && bytes[at] !== delimiter) at++
  if (bytes[at] === quote && at < end) {
    const unquoted: number[] = []
    let closed = false
    for (at++; at < end; at++) {
      if (bytes[at] !== quote) unquoted.push(bytes[at]!)
      else if (at + 1 < end && bytes[at + 1] === quote) {
        unquoted.push(quote)
        at++
      } else {
        closed = true
        at++
        break
      }
    }
    let untidy = !closed
    while (at < end && bytes[at] !== delimiter) {
      if (!isSpace(bytes[at]!)) {
        untidy = true
        unquoted.push(bytes[at]!)
      }
      at++
    }
    return { bytes: trimmed(Uint8Array.from(unquoted)), next: at + 1, untidy }
  }
  const from = at
  while (at < end && bytes[at] !== delimiter) at++
  return { bytes: trimmed(bytes.subarray(from, at)), next: at + 1, untidy: false }
}

function isSpace(c: number): boolean {
  return c === space || c === 9 || c === 0xa0
}

function trimmed(bytes: Uint8Array): Uint8Array {
  let [from, to] = [0, bytes.length]
  while (from < to && (bytes[from] === space || bytes[from] === 9)) from++
  while (to > from && (bytes[to - 1] === space || bytes[to - 1] === 9)) to--
  return bytes.subarray(from, to)
}
