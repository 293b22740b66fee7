import type { Spill } from './spill.ts'

/**
 * Rows of one child stand scattered over a dozen files. To bring them together in constant memory every row is
 * first thrown, as the bytes it is, into one of many bins chosen by its CHILD; a bin is small enough to be sorted
 * out in memory. This module fills the bins.
 *
 * A record in a bin: five whole numbers (length in bytes, chunk, row in chunk, line in chunk, hash of its CHILD), then
 * the bytes, then up to a multiple of four.
 */
export const recordHead = 20

/** Bytes in one block of a bin. */
export const blockSize = 1 << 17

/** A row longer than this is no row of such a return: it is cut there and warned of. */
export const longestRow = 1 << 12

/** Where a filled block of a bin is: in memory, or in the spill. */
export interface FilledBlock {
  bin: number
  used: number
  memory: Uint8Array | null
  spilt: number
}

/** Fills bins with records; one for each thread. */
export class Bins {
  readonly filled: FilledBlock[] = []
  /** The open block of each bin, and how far it is filled. */
  readonly bytes: Uint8Array[]
  readonly words: Int32Array[]
  readonly at: Int32Array
  #memoryLeft: number

  constructor(
    readonly count: number,
    private readonly spill: Spill | null,
    memory: number,
  ) {
    this.#memoryLeft = memory
    this.bytes = new Array(count)
    this.words = new Array(count)
    this.at = new Int32Array(count)
    for (let bin = 0; bin < count; bin++) this.#freshBlock(bin)
  }

  /** The bin for a row whose CHILD has this hash, with room for the longest row. */
  binFor(hash: number): number {
    const bin = (hash >>> 8) % this.count
    if (this.at[bin]! + recordHead + longestRow + 4 > blockSize) this.#close(bin)
    return bin
  }

  /** Makes a record of the bytes that were written to `bytes[bin]` from `at[bin] + recordHead` up to `end`. */
  seal(bin: number, end: number, chunk: number, row: number, line: number, hash: number): void {
    const words = this.words[bin]!
    const word = this.at[bin]! >> 2
    words[word] = end - this.at[bin]! - recordHead
    words[word + 1] = chunk
    words[word + 2] = row
    words[word + 3] = line
    words[word + 4] = hash
    this.at[bin] = (end + 3) & ~3
  }

  /** Closes what is still open; `filled` then holds every block. */
  finish(): FilledBlock[] {
    for (let bin = 0; bin < this.count; bin++) {
      if (this.at[bin]! > 0)
        this.filled.push({ bin, used: this.at[bin]!, memory: this.bytes[bin]!, spilt: -1 })
    }
    return this.filled
  }

  #close(bin: number): void {
    const used = this.at[bin]!
    if (this.#memoryLeft >= blockSize || this.spill === null) {
      this.#memoryLeft -= blockSize
      this.filled.push({ bin, used, memory: this.bytes[bin]!, spilt: -1 })
      this.#freshBlock(bin)
    } else {
      this.filled.push({ bin, used, memory: null, spilt: this.spill.write(this.bytes[bin]!, used) })
      this.at[bin] = 0
    }
  }

  #freshBlock(bin: number): void {
    const shared = new SharedArrayBuffer(blockSize)
    this.bytes[bin] = new Uint8Array(shared)
    this.words[bin] = new Int32Array(shared)
    this.at[bin] = 0
  }
}
