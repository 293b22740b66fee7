import { isUtf8 } from 'node:buffer'
import { type Input, readAt } from '../input.ts'

const windows1252 = new TextDecoder('windows-1252')

/** Bytes read at a time where a file is read from end to end. */
const blockSize = 1 << 18

/**
 * Turns bytes into text: UTF-8, or Windows-1252 when the file says so or when the bytes are no UTF-8.
 * Reads straight through; a letter of several bytes may lie on the border of two blocks.
 */
export class TextReader {
  /** Bytes that were no UTF-8 have been met and read as Windows-1252. */
  notUtf8 = false

  constructor(private readonly declared: 'utf-8' | 'windows-1252') {}

  decode(bytes: Buffer): string {
    if (this.declared === 'windows-1252') return windows1252.decode(bytes)
    if (isUtf8(bytes)) return bytes.toString('utf8')
    this.notUtf8 = true
    return windows1252.decode(bytes)
  }

  /** The text of a file from `start` up to `end`, block by block. */
  *blocks(input: Input, start: number, end: number): Generator<string> {
    const block = Buffer.alloc(blockSize)
    let kept = 0
    for (let at = start; at < end; ) {
      const got = readAt(input, block.subarray(kept), Math.min(blockSize - kept, end - at), at)
      if (got === 0) return
      at += got
      const filled = kept + got
      let whole = filled
      // Up to three bytes of a letter may lack their last; what is longer is no UTF-8 anyway.
      if (at < end) while (whole > filled - 4 && block[whole - 1]! >= 0x80) whole--
      if (whole === filled - 4) whole = filled
      yield this.decode(block.subarray(0, whole))
      block.copyWithin(0, whole, filled)
      kept = filled - whole
    }
  }
}

/** The encoding that the XML declaration names, as far as it makes a difference here. */
export function declaredEncoding(head: string): 'utf-8' | 'windows-1252' | { unknown: string } {
  const declared = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']/.exec(head)?.[1]?.toLowerCase()
  if (declared === undefined || declared === 'utf-8' || declared === 'utf8' || declared === 'us-ascii')
    return 'utf-8'
  if (/^(windows-125\d|cp125\d|iso-8859-\d+|latin-?\d|l1)$/.test(declared)) return 'windows-1252'
  // A file that is really UTF-16 has been turned away by its first bytes: the declaration is wrong, the text is not.
  if (declared === 'utf-16' || declared === 'ascii') return 'utf-8'
  return { unknown: declared }
}
