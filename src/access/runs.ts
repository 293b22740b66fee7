import { createHash, randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Connection } from '../database/connection.ts'
import { present } from './presenting.ts'
import type { Work } from './reading.ts'

/** Background work on the record that is on the trail. It lives in the memory of the process that opened it. */
export interface Run {
  readonly id: string
  readonly secret: string
  /** Who asked for it; nobody when the clock did. */
  readonly account: string | undefined
}

export interface RunAsked {
  /** Why, as the trail shall keep it: 'import of the CIN census 2024-25'. */
  purpose: string
  /** Whose records: 'the children in the file', 'every looked-after child on 31 March 2026'. Nobody's name. */
  population: string
  account?: string | undefined
  /** How long it may take at most; 12 by default, 48 at most. */
  hours?: number
}

/**
 * Puts background work on the trail and commits; its rows open to the next transaction.
 * @param db a connection as the role for background work
 */
export async function openRun(
  db: Connection,
  { purpose, population, account, hours = 12 }: RunAsked,
): Promise<Run> {
  const secret = randomBytes(32).toString('base64url')
  const hash = createHash('sha256').update(secret).digest()
  const { rows } = await sql<{ id: string }>`
    select access.open_run(${hash}, ${purpose}, ${population}, ${account ?? null}, ${hours}) as id`.execute(
    db,
  )
  return { id: rows[0]!.id, secret, account }
}

/**
 * One transaction inside a run: reads and writes every record. Facts are recorded under the account that asked.
 * @param knownAt as `reading` has it; the transaction is then READ ONLY
 * @param readOnly for work that only reads: one view of the data, and a hot standby will do
 */
export function inRun<T>(
  db: Connection,
  run: Run,
  work: Work<T>,
  { knownAt, readOnly = knownAt !== undefined }: { knownAt?: Date | undefined; readOnly?: boolean } = {},
): Promise<T> {
  const transaction = readOnly
    ? db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only')
    : db.transaction()
  return transaction.execute(async (trx) => {
    await present(trx, { run: run.secret, account: run.account, knownAt })
    return work(trx)
  })
}

/** Where background work reads and writes: `read` is a standby of the server behind `db`, or the same. */
export interface Servers {
  readonly db: Connection
  readonly read?: Connection | undefined
}

/** How long a standby may take to have a run's line, in milliseconds; then the primary is read. */
const mostLag = 5_000

/**
 * One READ ONLY transaction inside a run that has just been opened, for work that reads much: on the standby as soon as
 * it has replayed the run's line on the trail, and with it all that was committed before; where there is none, or it
 * lags too far, on the primary.
 * @param patience milliseconds that the standby may lag
 */
export async function readInRun<T>(
  { db, read = db }: Servers,
  run: Run,
  work: Work<T>,
  { knownAt, patience = mostLag }: { knownAt?: Date | undefined; patience?: number } = {},
): Promise<T> {
  const from = read === db || (await hasReplayed(read, run, patience)) ? read : db
  return inRun(from, run, work, { knownAt, readOnly: true })
}

/**
 * Whether a standby shows a run. Its line and its row are one commit, so this says more than a position in the log: that
 * it is this server's standby, and that its row policies let the run read.
 */
async function hasReplayed(standby: Connection, run: Run, patience: number): Promise<boolean> {
  const until = Date.now() + patience
  for (;;) {
    try {
      const shown = await inRun(standby, run, isOpen, { readOnly: true })
      if (shown || Date.now() >= until) return shown
    } catch {
      // It is away or not ready: the primary is not.
      return false
    }
    await wait(50)
  }
}

const isOpen: Work<boolean> = async (trx) => {
  const { rows } = await sql<{ open: boolean }>`select access.run_is_open() as open`.execute(trx)
  return rows[0]!.open
}

/** Closes a run, with the number of records it touched. One that is never ended closes by itself. */
export async function endRun(db: Connection, run: Run, resultCount?: number): Promise<void> {
  await sql`select access.end_run(${run.secret}, ${resultCount ?? null})`.execute(db)
}
