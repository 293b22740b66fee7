import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { closeSync, constants, openSync, readSync, unlinkSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const tagLength = 16

/** What a thread needs to write to and read from the spill of this run. */
export interface SpillKey {
  file: number
  key: Uint8Array
}

/**
 * Opens the temporary file into which bins are spilt that memory has no room for.
 *
 * Children's data never lies on a disk in the clear: each block is sealed with AES-256-GCM under a key that is
 * made for this run and never leaves memory, and the file has no name from the moment it is open, so nothing is
 * left to find when the program is killed.
 */
export function openSpill(folder = tmpdir()): SpillKey & { close(): void } {
  const path = join(folder, `cairn-${randomBytes(12).toString('hex')}`)
  const file = openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, 0o600)
  let named = true
  try {
    unlinkSync(path)
    named = false
  } catch {
    // A system that keeps the name of an open file: it goes when the run is over.
  }
  return {
    file,
    key: randomBytes(32),
    close() {
      closeSync(file)
      if (named) unlinkSync(path)
    },
  }
}

/** One thread's way to the spill. Threads write into slots that do not meet: `lane` of `lanes`. */
export class Spill {
  #next: number
  readonly #sealed: Buffer

  constructor(
    private readonly shared: SpillKey,
    lane: number,
    private readonly lanes: number,
    private readonly slot: number,
  ) {
    this.#next = lane
    this.#sealed = Buffer.alloc(slot + tagLength)
  }

  /** Seals `used` bytes of a block. @returns the slot it lies in */
  write(block: Uint8Array, used: number): number {
    const slot = this.#next
    this.#next += this.lanes
    const cipher = createCipheriv('aes-256-gcm', this.shared.key, nonce(slot))
    // A copy: a cipher does not take memory that threads share.
    const plain = Buffer.from(block.subarray(0, used))
    const sealed = cipher.update(plain)
    cipher.final()
    sealed.copy(this.#sealed)
    cipher.getAuthTag().copy(this.#sealed, used)
    writeSync(this.shared.file, this.#sealed, 0, used + tagLength, slot * (this.slot + tagLength))
    return slot
  }

  /** The bytes of a block as they were. @throws when the file was altered */
  read(slot: number, used: number): Buffer {
    readSync(this.shared.file, this.#sealed, 0, used + tagLength, slot * (this.slot + tagLength))
    const decipher = createDecipheriv('aes-256-gcm', this.shared.key, nonce(slot))
    decipher.setAuthTag(this.#sealed.subarray(used, used + tagLength))
    const plain = decipher.update(this.#sealed.subarray(0, used))
    decipher.final()
    return plain
  }
}

/** A slot is written once in a run and each run has a key of its own: its number is a nonce. */
function nonce(slot: number): Buffer {
  const bytes = Buffer.alloc(12)
  bytes.writeUIntBE(slot, 6, 6)
  return bytes
}
