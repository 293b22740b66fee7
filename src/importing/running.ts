import { sql } from 'kysely'
import { endRun, inRun, openRun } from '../access/runs.ts'
import type { Connection } from '../database/connection.ts'
import { UnusableInput } from '../returns/reading/unusable.ts'
import { Columns } from './columns.ts'
import { Entering } from './entering.ts'
import type { Counts, Problem, Standing } from './model.ts'
import { nameOf, type Opened, openFiles } from './reading.ts'
import type { RunRow, Transaction } from './store.ts'
import * as store from './store.ts'

/** What an import came to, as `--json` tells it. */
export interface Account extends Counts {
  /** People in the files. */
  read: number
  /** People an earlier file of the same return and year had and this one has not: left as they are. */
  absent: number
  problems: Problem[]
  period: string
  warnings: { file: string; line: number | null; what: string }[]
}

export interface Wishes {
  signal?: AbortSignal | undefined
  /** Enters a file although one that was made later has been entered. */
  evenIfOlder?: boolean
  onProgress?: (now: { reading: boolean; done: number; people: number | null }) => void
  /** False for background work, whose page reads the problems where they are kept: the account then lists none. */
  listProblems?: boolean
}

/** Another import is entering: try again soon. */
export class Busy extends Error {}

/**
 * Reads files and enters what they say, in one transaction: all of it or, whatever happens, nothing
 * (docs/decisions/import-in-one-transaction.md). The run's row says afterwards what came of it.
 * @param db as the role for background work
 * @throws UnusableInput when the files are none; Busy when another import is entering; what broke otherwise
 */
export async function runImport(
  db: Connection,
  run: RunRow,
  paths: readonly string[],
  wishes: Wishes = {},
): Promise<Account> {
  await store.noteRun(db, run.id, { state: 'reading', started_at: new Date(), done: 0, says: null })
  try {
    wishes.onProgress?.({ reading: true, done: 0, people: null })
    const opened = await openFiles(run.source, paths, run.period)
    await refuseOlder(db, run, opened, wishes)
    await store.noteRun(db, run.id, {
      state: 'entering',
      period: opened.period,
      made_at: opened.madeAt,
      children: opened.people,
    })
    return await enterFiles(db, { ...run, period: opened.period }, opened, wishes)
  } catch (error) {
    await noteEnd(db, run.id, error, wishes.signal)
    throw error
  }
}

async function noteEnd(
  db: Connection,
  id: string,
  error: unknown,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (error instanceof Busy || signal?.aborted) return store.noteRun(db, id, { state: 'waiting', done: 0 })
  const says =
    error instanceof UnusableInput
      ? error.message
      : 'Something broke while entering, and nothing was entered. Try again; the log of the service says more.'
  const state = error instanceof UnusableInput ? 'unusable' : 'failed'
  await store.noteRun(db, id, { state, says, finished_at: new Date(), done: 0 }).catch(() => undefined)
}

async function refuseOlder(
  db: Connection,
  { source, files }: RunRow,
  { period, madeAt }: Opened,
  { evenIfOlder = false }: Wishes,
): Promise<void> {
  if (madeAt === null || evenIfOlder) return
  const newest = await store.newestMade(db, source, period)
  if (newest === null || newest <= madeAt) return
  const day = (moment: Date) => moment.toISOString().slice(0, 16).replace('T', ' ')
  throw new UnusableInput(
    `${files.join(', ')}: made on ${day(madeAt)}, before the one of ${day(newest)} that was imported last; to enter it nevertheless use the command line with --even-if-older`,
  )
}

async function enterFiles(db: Connection, run: RunRow, opened: Opened, wishes: Wishes): Promise<Account> {
  const name = nameOf(run.source, run.period)
  const trailed = await openRun(db, {
    purpose: `import of ${name}`,
    population: 'the people in the files',
    account: run.asked_by ?? undefined,
  })
  const problems: Problem[] = []
  const progress = new Progress(db, run.id, opened.people, wishes)
  try {
    const came = await inRun(db, trailed, async (trx) => {
      await oneAtATime(trx)
      const entering = new Entering(trx, await Columns.of(trx), standingOf(run), run.id)
      const before = await store.countBefore(trx, standingOf(run))
      for await (const batch of readAhead(opened.batches())) {
        wishes.signal?.throwIfAborted()
        for (const { file, line, child, reason } of await entering.enter(batch)) {
          if (wishes.listProblems !== false) problems.push({ file, line, child, reason })
        }
        await progress.step(entering.tally.people)
      }
      await progress.stop()
      const { counts, byTable, touched, again, problems: open } = entering.tally
      await store.settle(trx, [...touched], run.source === 'ssda903')
      const warnings = opened.warnings.list()
      const absent = run.source === 'people' ? 0 : before - again
      const all = { ...counts, absent, problems: open, by_table: byTable, warnings, children: opened.people }
      await store.finishRun(trx, run.id, all)
      return { ...counts, absent, warnings, touched: touched.size }
    })
    const { touched, ...account } = came
    await endRun(db, trailed, touched)
    return { read: opened.people, ...account, problems, period: run.period }
  } catch (error) {
    await progress.stop()
    await endRun(db, trailed, 0).catch(() => undefined)
    throw error
  }
}

export const standingOf = ({
  source,
  period,
  asked_at,
}: Pick<RunRow, 'source' | 'period' | 'asked_at'>): Standing => ({
  source,
  period,
  rank: period || String(asked_at.getUTCFullYear() + (asked_at.getUTCMonth() >= 3 ? 1 : 0)),
  addsOnly: source === 'people',
})

/** Two imports side by side could make one child twice: the second waits for the first. */
export async function oneAtATime(trx: Transaction): Promise<void> {
  const { rows } = await sql<{ mine: boolean }>`
    select pg_try_advisory_xact_lock(hashtext('importing.entering')) as mine,
           set_config('cairn.cards', 'later', true)`.execute(trx)
  if (!rows[0]!.mine) throw new Busy('Another import is entering')
}

/** Reads the next of these while the last is worked on: the database and the reading of files each have a core. */
async function* readAhead<T>(source: AsyncGenerator<T>): AsyncGenerator<T> {
  try {
    let next = source.next()
    for (;;) {
      const { done, value } = await next
      if (done) return
      // Not before whoever works on this one waits for the database.
      next = new Promise((resolve) => setImmediate(resolve)).then(() => source.next())
      // What breaks is told when it is this one's turn, and not before.
      next.catch(() => undefined)
      yield value
    }
  } finally {
    await source.return(undefined)
  }
}

/** Says how far it is, outside the transaction that enters, and not more often than people can read. */
class Progress {
  #noted = 0
  #under: Promise<void> = Promise.resolve()

  constructor(
    private readonly db: Connection,
    private readonly run: string,
    private readonly people: number,
    private readonly wishes: Wishes,
  ) {}

  async step(done: number): Promise<void> {
    const shown = Math.min(done, this.people)
    this.wishes.onProgress?.({ reading: false, done: shown, people: this.people })
    if (Date.now() - this.#noted < 500) return
    this.#noted = Date.now()
    await this.#under
    this.#under = store.noteRun(this.db, this.run, { done: shown }).catch(() => undefined)
  }

  /** Waits for the last note: the transaction's own end of the run must not meet it. */
  stop(): Promise<void> {
    return this.#under
  }
}
