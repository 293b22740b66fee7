import { createCipheriv, createDecipheriv } from 'node:crypto'

/** The stored bytes are not what was stored: changed, cut short, exchanged, or opened with another key. */
export class Tampered extends Error {}

const mark = Buffer.from('CAIRN-D1')
const chunk = 64 * 1024
const tagSize = 16

// A key is made for one document and used once, so a counter is nonce enough. The last chunk is marked as such: what is
// cut short after a whole chunk does not open either.
const nonce = (n: number, last: boolean): Buffer => {
  const made = Buffer.alloc(12)
  made.writeUInt32BE(n, 7)
  made[11] = last ? 1 : 0
  return made
}

/** How long the sealed form of so many bytes is. */
export const sealedSize = (size: number): number =>
  mark.length + size + Math.max(1, Math.ceil(size / chunk)) * tagSize

/** Bytes in pieces of one size; only the last may be shorter. */
async function* pieces(
  source: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<{ piece: Buffer; last: boolean }> {
  let held: Buffer[] = []
  let length = 0
  for await (const bytes of source) {
    held.push(Buffer.from(bytes))
    length += bytes.length
    if (length <= size) continue
    let whole = Buffer.concat(held, length)
    while (whole.length > size) {
      yield { piece: whole.subarray(0, size), last: false }
      whole = whole.subarray(size)
    }
    held = [whole]
    length = whole.length
  }
  yield { piece: Buffer.concat(held, length), last: true }
}

/**
 * Encrypts a stream in chunks of 64 KiB, each by itself with AES-256-GCM, so that no byte has to be believed before it
 * is proven, however long the document.
 * @param key 32 bytes, used for this document and nothing else
 * @param id the document's; what was sealed under one does not open under another
 */
export async function* sealBytes(
  source: AsyncIterable<Uint8Array>,
  key: Uint8Array,
  id: string,
): AsyncGenerator<Buffer> {
  yield mark
  let n = 0
  for await (const { piece, last } of pieces(source, chunk)) {
    const cipher = createCipheriv('aes-256-gcm', key, nonce(n++, last)).setAAD(Buffer.from(id))
    yield Buffer.concat([cipher.update(piece), cipher.final(), cipher.getAuthTag()])
  }
}

/** The bytes again. @throws Tampered before it hands out a byte that is not proven */
export async function* openBytes(
  source: AsyncIterable<Uint8Array>,
  key: Uint8Array,
  id: string,
): AsyncGenerator<Buffer> {
  let n = 0
  for await (const { piece, last } of pieces(withoutMark(source), chunk + tagSize)) {
    if (piece.length < tagSize) throw new Tampered('The stored bytes are cut short')
    const sealed = piece.subarray(0, -tagSize)
    const decipher = createDecipheriv('aes-256-gcm', key, nonce(n++, last))
      .setAAD(Buffer.from(id))
      .setAuthTag(piece.subarray(-tagSize))
    let open: Buffer
    try {
      open = Buffer.concat([decipher.update(sealed), decipher.final()])
    } catch {
      throw new Tampered('The stored bytes were changed')
    }
    yield open
  }
}

async function* withoutMark(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let head: Buffer | undefined = Buffer.alloc(0)
  for await (const bytes of source) {
    if (head === undefined) {
      yield Buffer.from(bytes)
      continue
    }
    head = Buffer.concat([head, bytes])
    if (head.length < mark.length) continue
    if (!head.subarray(0, mark.length).equals(mark)) break
    yield head.subarray(mark.length)
    head = undefined
  }
  if (head !== undefined) throw new Tampered('The stored bytes are not a document')
}
