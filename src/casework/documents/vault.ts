import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { DocumentBytes } from './document-bytes.ts'
import type { DocumentKeys, KeyOf } from './document-keys.ts'
import { headSize, type MediaType, mediaTypeOf } from './media-types.ts'
import { type Scan, type Scanner, ScannerDown } from './scanner.ts'
import { openBytes, sealBytes, sealedSize, Tampered } from './sealed-bytes.ts'

/** What the keeping of documents stands on. */
export interface Vault {
  readonly bytes: DocumentBytes
  readonly keys: DocumentKeys
  readonly scanner: Scanner | undefined
  /** The largest document, in bytes. */
  readonly largest: number
}

/** A file that lies encrypted in the store and is nobody's yet: its key is in the memory of this process alone. */
export interface TakenIn {
  readonly stored: string
  readonly fileName: string
  readonly type: MediaType
  readonly size: number
  readonly sha256: string
  readonly key: Buffer
  /** The bytes themselves, for an e-mail, which has to be read before it is filed. */
  readonly whole: Buffer | undefined
}

/** A file that may not be filed, in words that follow its name. */
export class NotTaken extends Error {
  /** What the scanner calls it. */
  readonly infection: string | undefined
  constructor(words: string, infection?: string) {
    super(words)
    this.infection = infection
  }
}

/** 'photo.jpg' of whatever path a browser or an e-mail gave. */
export const plainName = (fileName: string): string =>
  (fileName.split(/[\\/]/).at(-1) ?? '')
    .replace(/\p{Cc}/gu, '')
    .trim()
    .slice(-200) || 'document'

const megabytes = (bytes: number) => `${Math.round(bytes / 1024 ** 2)} MB`

/**
 * Takes a file in: encrypts it as it comes, looks whether it is what its name says, and has it scanned. The stream is
 * read to its end whatever is found, so that what comes after it in a form can be read too.
 * @throws NotTaken; nothing of the file is left then
 */
export async function takeIn(
  vault: Vault,
  stream: AsyncIterable<Uint8Array>,
  givenName: string,
): Promise<TakenIn> {
  const fileName = plainName(givenName)
  const stored = randomUUID()
  const key = randomBytes(32)
  const hash = createHash('sha256')
  const keepWhole = /\.(eml|msg)$/i.test(fileName)
  const whole: Uint8Array[] = []
  let head = Buffer.alloc(0)
  let size = 0
  let scan: Scan | undefined
  let down = false
  if (vault.scanner) {
    try {
      scan = await vault.scanner.begin()
    } catch (error) {
      if (!(error instanceof ScannerDown)) throw error
      down = true
    }
  }
  async function* passing(): AsyncGenerator<Uint8Array> {
    for await (const bytes of stream) {
      size += bytes.length
      if (size > vault.largest || down) continue
      if (head.length < headSize) head = Buffer.concat([head, bytes.subarray(0, headSize - head.length)])
      if (keepWhole) whole.push(bytes)
      hash.update(bytes)
      await scan?.send(bytes)
      yield bytes
    }
  }
  try {
    await vault.bytes.write(stored, sealBytes(passing(), key, stored))
    if (size === 0) throw new NotTaken('is empty')
    if (size > vault.largest)
      throw new NotTaken(`is larger than ${megabytes(vault.largest)}. Split it, or save it smaller`)
    const type = await mediaTypeOf(fileName, head)
    if (typeof type === 'string') throw new NotTaken(type)
    if (down) throw new ScannerDown()
    const infection = await scan?.verdict()
    if (infection !== undefined)
      throw new NotTaken(
        `was refused: the scanner found ${infection} in it. Do not open it; tell whoever looks after your computers`,
        infection,
      )
    return {
      stored,
      fileName,
      type,
      size,
      key,
      sha256: hash.digest('hex'),
      whole: keepWhole ? Buffer.concat(whole) : undefined,
    }
  } catch (error) {
    scan?.drop()
    await vault.bytes.remove(stored)
    if (error instanceof ScannerDown)
      throw new NotTaken('was not filed: the scanner for viruses does not answer just now. Try again later')
    throw error
  }
}

/** Lets the people a document is about have it. Before its rows are written: a row without its key would be a gap. */
export async function keepFor(vault: Vault, taken: TakenIn, people: readonly string[]): Promise<void> {
  for (const person of people) await vault.keys.wrap({ stored: taken.stored, person }, taken.key)
}

/** What was taken in and is not filed after all goes again. */
export async function discard(
  vault: Vault,
  taken: readonly TakenIn[],
  people: readonly string[] = [],
): Promise<void> {
  for (const { stored } of taken) {
    for (const person of people) await vault.keys.destroy({ stored, person })
    await vault.bytes.remove(stored)
  }
}

/** Why a document that the record tells of cannot be shown. */
export type Lost = 'key-gone' | 'key-unfit' | 'bytes-gone' | 'bytes-changed'

/** Whether a document is there: its key opens and its bytes are as many as were stored. */
export async function lostOf(vault: Vault, of: KeyOf, size: number): Promise<Lost | undefined> {
  const key = await vault.keys.unwrap(of)
  if (!key) return key === false ? 'key-unfit' : 'key-gone'
  const found = await vault.bytes.size(of.stored)
  if (found === undefined) return 'bytes-gone'
  return found === sealedSize(size) ? undefined : 'bytes-changed'
}

/**
 * A document's bytes, proven from first to last before the first is handed out: what was tampered with fails closed and
 * is said plainly, not as half a file.
 */
export async function openDocument(
  vault: Vault,
  of: KeyOf,
  size: number,
): Promise<{ bytes: AsyncGenerator<Buffer> } | { lost: Lost }> {
  const lost = await lostOf(vault, of, size)
  if (lost) return { lost }
  const key = (await vault.keys.unwrap(of)) as Buffer
  const read = async () => openBytes((await vault.bytes.read(of.stored))!, key, of.stored)
  try {
    for await (const _ of await read());
  } catch (error) {
    if (error instanceof Tampered) return { lost: 'bytes-changed' }
    throw error
  }
  return { bytes: await read() }
}
