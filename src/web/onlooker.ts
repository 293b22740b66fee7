import type { Transaction } from 'kysely'
import type { Role } from './session.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Reading = Transaction<any>

/** What somebody who looks at a record from outside says of facts in it. */
export interface Remark {
  /** What is to be done, in words for whoever can do it. */
  readonly text: string
  /** Whose remark it is, and by what number: 'DfE error 8850'. */
  readonly source: string
  /** Facts it stands beside: rows of a table of the record that have this value. None: of a part as a whole. */
  readonly facts: readonly { readonly table: string; readonly column: string; readonly value: string }[]
  /** Addresses of the parts of the record it is about. */
  readonly parts: readonly string[]
}

/**
 * An area that looks at records and is known to none of them (docs/architecture.md, 'Who may know whom'): the shell of a
 * record asks it what it has to say, and shows that beside the facts.
 */
export interface Onlooker {
  /** Who can do something about its remarks; nobody else is shown any. */
  readonly roles: readonly Role[]
  /** '2 things the DfE will ask about' */
  readonly words: (count: number) => string
  /** The part of the record that has all of its remarks. */
  readonly part: (person: string) => string
  /**
   * Its remarks on a record that is open.
   * @param trx the transaction that reads the record
   * @param people the person under every id
   */
  remarks(trx: Reading, about: { person: string; people: readonly string[] }): Promise<readonly Remark[]>
  /** How many remarks there are on people of a list that is open. Whoever has none is left out. */
  counts(trx: Reading, people: readonly string[]): Promise<ReadonlyMap<string, number>>
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Of every area that looks at records from outside. */
    onlookers: readonly Onlooker[]
  }
}
