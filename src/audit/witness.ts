import type { KeyObject } from 'node:crypto'
import type { PlacedLine } from './line.ts'

/** What is handed over: a signed root and the lines since the one before. */
export interface Handover {
  readonly note: string
  /** The public half of the key that signed it. */
  readonly key: KeyObject
  /** The tree at the witness's last root: it must have that root, or the past is not what it was. */
  readonly before: { readonly size: number; readonly frontier: readonly Buffer[] }
  /** Their ids, moments and leaves: nothing of what they say. */
  readonly lines: AsyncIterable<PlacedLine>
}

export interface WitnessedRoot {
  /** The text of the note as it was handed over. */
  readonly note: string
  /** When the witness took it, by its own clock. */
  readonly takenAt: Date
  /** The lines since the root before. */
  lines(): AsyncIterable<PlacedLine>
}

/**
 * Somebody outside the system who remembers roots: what was handed over can be read again and not be changed, also not
 * by whoever owns the database and the signing key. The one that ships is a folder (folder-witness.ts) whose
 * administrator is another; a store with object lock, or another authority's, would do it better.
 */
export interface Witness {
  /** In words for a person: where it is. */
  readonly place: string
  last(trail: string): Promise<{ readonly size: number; readonly root: Buffer } | undefined>
  /** @throws NotAnExtension when it contradicts what the witness holds */
  take(trail: string, handover: Handover): Promise<void>
  /** Every root, oldest first. */
  roots(trail: string): AsyncIterable<WitnessedRoot>
  /** Public keys by their id: what notes may be signed with. */
  keys(trail: string): Promise<ReadonlyMap<string, KeyObject>>
}

/** The trail handed over is not the trail that the witness knows, made longer. */
export class NotAnExtension extends Error {
  override name = 'NotAnExtension'
}

/** The witness cannot be reached or read. */
export class NoWitness extends Error {
  override name = 'NoWitness'
}
