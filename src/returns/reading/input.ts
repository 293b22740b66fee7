import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { basename } from 'node:path'
import { UnusableInput } from './unusable.ts'

/** A file to read: where it is, or its bytes with the name it came under (an upload). */
export type Given = string | { name: string; bytes: Uint8Array }

/** An opened file. Can be sent to a worker thread: open files and shared memory are the process's, not a thread's. */
export interface Input {
  /** Its name without the folder: what warnings and findings say. */
  name: string
  descriptor: number
  /** The bytes themselves, in shared memory, when there is no file. */
  bytes: Uint8Array | null
  size: number
}

/** @throws UnusableInput when there is no such file or it cannot be opened */
export function openInput(given: Given): Input {
  if (typeof given !== 'string') {
    const bytes = new Uint8Array(new SharedArrayBuffer(given.bytes.length))
    bytes.set(given.bytes)
    return { name: basename(given.name), descriptor: -1, bytes, size: bytes.length }
  }
  let descriptor: number
  try {
    descriptor = openSync(given, 'r')
  } catch (error) {
    throw new UnusableInput(`${given}: ${whyNot(error)}`)
  }
  const found = fstatSync(descriptor)
  if (!found.isFile()) {
    closeSync(descriptor)
    throw new UnusableInput(
      `${given}: ${found.isDirectory() ? 'is a folder' : 'is not a plain file; save it first'}`,
    )
  }
  return { name: basename(given), descriptor, bytes: null, size: found.size }
}

export function closeInput(input: Input): void {
  if (input.bytes === null) closeSync(input.descriptor)
}

/** Why the system would not open something, in words. */
export function whyNot(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'there is no such file or folder'
  if (code === 'EACCES' || code === 'EPERM') return 'may not be read by this user'
  return `cannot be opened (${code ?? 'unknown reason'})`
}

/** Reads until the wanted bytes are there or the file ends. @returns how many were read */
export function readAt(input: Input, into: Uint8Array, length: number, position: number): number {
  if (input.bytes !== null) {
    const part = input.bytes.subarray(position, position + length)
    into.set(part)
    return part.length
  }
  let got = 0
  while (got < length) {
    const more = readSync(input.descriptor, into, got, length - got, position + got)
    if (more === 0) break
    got += more
  }
  return got
}

/** The first bytes of kinds of file that people send in place of a return, and what to tell them. */
const otherKinds: [bytes: number[], says: string][] = [
  [[0xff, 0xfe], 'is UTF-16; save it as UTF-8'],
  [[0xfe, 0xff], 'is UTF-16; save it as UTF-8'],
  [[0x50, 0x4b, 0x03, 0x04], 'is a zip archive or a spreadsheet; unpack it, or save the sheet as CSV'],
  [[0x50, 0x4b, 0x05, 0x06], 'is an empty zip archive'],
  [[0x1f, 0x8b], 'is compressed (gzip); unpack it first'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'is an old Excel workbook; save each sheet as CSV'],
  [[0x25, 0x50, 0x44, 0x46], 'is a PDF'],
]

/**
 * Looks at how a file begins.
 * @returns whether it is marked-up text (XML) or plain (CSV), and where its text begins after a byte-order mark
 * @throws UnusableInput when it is something else altogether
 */
export function sniff(input: Input): { kind: 'xml' | 'csv'; textStart: number } {
  if (input.size === 0) throw new UnusableInput(`${input.name}: the file is empty`)
  const head = Buffer.alloc(4096)
  const got = readAt(input, head, head.length, 0)
  const start = head.subarray(0, got)
  for (const [bytes, says] of otherKinds) {
    if (bytes.every((byte, i) => start[i] === byte)) throw new UnusableInput(`${input.name}: ${says}`)
  }
  const nul = start.indexOf(0)
  if (nul !== -1) {
    const utf16 = start.filter((byte) => byte === 0).length > got / 4
    throw new UnusableInput(
      `${input.name}: ${utf16 ? 'is UTF-16; save it as UTF-8' : `is not text (a zero byte at ${nul})`}`,
    )
  }
  const textStart = start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf ? 3 : 0
  const first = start.subarray(textStart).toString('latin1').trimStart()
  if (first === '' && got === input.size)
    throw new UnusableInput(`${input.name}: the file holds nothing but blanks`)
  return { kind: first.startsWith('<') ? 'xml' : 'csv', textStart }
}
