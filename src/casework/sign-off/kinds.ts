import type { Transaction } from 'kysely'
import type { Day } from '../../web/words.ts'
import type { SignedField } from './model.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Trx = Transaction<any>

/** The part of a piece of work that is about one person: a row of its kind’s table. */
export interface Piece {
  readonly person: string
  readonly fact: string
}

/** A decision, as the area of the work is told of it in the transaction of the decision. */
export interface Decided {
  /** As the database calls the kind. */
  readonly kind: string
  readonly of: readonly Piece[]
  readonly account: string
  readonly at: Date
  readonly day: Day
  readonly words: string
}

/** A kind of work that is signed, as its area declares it. Title, roles and tables stand in the database (foundation.signs). */
export interface SignedKind {
  /** The kind’s code, or, ending in a hyphen, how all of them begin that an area makes as data. */
  readonly kind: string
  /** Field groups that are opened to read and sign it, besides those that say who somebody is. */
  readonly groups: readonly string[] | ((trx: Trx, kind: string) => Promise<readonly string[]>)
  /** Where the work itself is read. */
  readonly href: (piece: Piece & { readonly work: string }) => string
  /**
   * What is signed of one piece, field by field. It names tables of the record without a schema, so that in a transaction
   * that looks back the same shows what was submitted then.
   */
  readonly content: (trx: Trx, piece: Piece) => Promise<readonly SignedField[]>
  /** What follows a signature: clocks that stop, letters, who is told. Shown beside the decision. */
  readonly follows?: readonly string[] | ((kind: string) => readonly string[])
  /** Called in the transaction of the signature: dates, states, what begins. It changes nothing of what was signed. */
  readonly authorised?: (trx: Trx, decided: Decided) => Promise<void>
  readonly returned?: (trx: Trx, decided: Decided) => Promise<void>
}

const declared: SignedKind[] = []

/** Declares a kind of work that is signed: once, where the area’s module is loaded. */
export function declareSigned(kind: SignedKind): SignedKind {
  if (declared.some((one) => one.kind === kind.kind)) throw new Error(`${kind.kind} is signed already`)
  declared.push(kind)
  return kind
}

/**
 * The kind as its area declared it.
 * @throws when no area of this version has it
 */
export function signedKind(kind: string): SignedKind {
  const found =
    declared.find((one) => one.kind === kind) ??
    declared.find((one) => one.kind.endsWith('-') && kind.startsWith(one.kind))
  if (!found) throw new Error(`No area has declared that ${kind} is signed`)
  return found
}

/** All that are declared, for the test that holds them beside the database’s. */
export const signedKinds = (): readonly SignedKind[] => declared
