import type { Transaction } from 'kysely'
import { countTouched } from '../clocks/store.ts'
import type { Connection } from '../database/connection.ts'
import { namedOpenings } from './named-openings.ts'
import { present } from './presenting.ts'
import { inWords } from './refusal.ts'

/** What reading and writing need of a session; `Session` of web/session.ts is one. */
export interface Reader {
  readonly secret: string
  readonly account: { readonly id: string }
}

// biome-ignore lint/suspicious/noExplicitAny: as Connection
export type Work<T> = (trx: Transaction<any>) => Promise<T>

/**
 * Reads parts of the record that this request has opened (that this session has, when it opened none itself), in one READ
 * ONLY transaction with one view of the data.
 * Rows that no opening covers are not there. An opening lasts half a minute (access.setting): open, then read.
 * @param knownAt the moment whose knowledge to show: the same SQL, naming tables without a schema, then shows the past
 */
export function reading<T>(
  db: Connection,
  session: Reader,
  work: Work<T>,
  { knownAt }: { knownAt?: Date | undefined } = {},
): Promise<T> {
  return inWords(
    db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(async (trx) => {
        await present(trx, { session: session.secret, openings: namedOpenings(session), knownAt })
        return work(trx)
      }),
  )
}

/**
 * Writes a fact, its event and what is due because of it, in one transaction: all of it or nothing. The record must have been opened
 * with `action: 'write'` first; rows outside that opening are refused (`Refusal` 403).
 */
export function writing<T>(db: Connection, session: Reader, work: Work<T>): Promise<T> {
  return inWords(
    db.transaction().execute(async (trx) => {
      await present(trx, { session: session.secret, account: session.account.id })
      const done = await work(trx)
      await countTouched(trx)
      return done
    }),
  )
}
