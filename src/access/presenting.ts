import { sql, type Transaction } from 'kysely'

/** What a transaction tells the database about itself. Gone with the transaction: a pooler hands on a clean connection. */
export interface Presented {
  /** The secret of a signed-in session. */
  session?: string
  /** Openings of records, by id: of all that the session has open this transaction reads by no others. None named: by all. */
  openings?: readonly string[] | undefined
  /** The secret of a run of background work. */
  run?: string
  /** Whose account a fact is recorded under: the row policies hold it against the secret. */
  account?: string | undefined
  /** The moment whose knowledge is read; now when absent. */
  knownAt?: Date | undefined
}

// Names of the record stand without a schema, so that `known` can stand in for it. pg_temp is named, and last:
// unnamed it would come first.
const now = 'record, ssd, pg_temp'
const then = 'known, record, ssd_known, pg_temp'

/** Presents all of it in one statement, for this transaction only. */
export async function present(
  // biome-ignore lint/suspicious/noExplicitAny: as Connection
  trx: Transaction<any>,
  { session = '', openings = [], run = '', account = '', knownAt }: Presented,
): Promise<void> {
  await sql`select set_config('cairn.session', ${session}, true), set_config('cairn.run', ${run}, true),
                   set_config('cairn.account', ${account}, true),
                   set_config('cairn.known_at', ${knownAt?.toISOString() ?? ''}, true),
                   set_config('cairn.openings', ${openings.length > 0 ? `{${openings}}` : ''}, true),
                   set_config('search_path', ${knownAt ? then : now}, true)`.execute(trx)
}
