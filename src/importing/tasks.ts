import { sql } from 'kysely'
import { endRun, inRun, openRun } from '../access/runs.ts'
import type { Connection } from '../database/connection.ts'
import type { Task } from '../database/task.ts'
import { UnusableInput } from '../returns/reading/unusable.ts'
import { reconciling } from './reconciliation-running.ts'
import { findReconciled } from './reconciliation-store.ts'
import { retryProblem } from './retrying.ts'
import { Busy, runImport } from './running.ts'
import { findRun, noteRun } from './store.ts'
import { removeLeftovers, removeUpload, uploadedFiles } from './uploads.ts'

const underWay = ['waiting', 'reading', 'entering']

/** The line to the database broke, or the server goes away: nothing is wrong with the files. */
const isBroken = (error: unknown) => {
  const { code = '', message = '' } = error as { code?: string; message?: string }
  return /^(08|57P|ECONN|EPIPE)/.test(code) || message.startsWith('Connection terminated')
}

/** Another import is entering: this one comes back without holding anybody up. */
async function later(db: Connection, task: string, id: string): Promise<void> {
  await sql`select jobs.enqueue(${task}, ${id}::uuid, now() + interval '5 seconds')`.execute(db)
}

/** An import asked for on a page. A process that was killed left nothing half done: it begins again. */
const importing: Task = {
  name: 'import',
  async run(id, { db, log, signal }) {
    const run = id === undefined ? undefined : await findRun(db, id)
    if (run === undefined || !underWay.includes(run.state)) return
    const paths = await uploadedFiles(run.id)
    if (paths.length === 0) {
      const says = 'The files are no longer here. Upload them again.'
      return noteRun(db, run.id, { state: 'failed', says, finished_at: new Date() })
    }
    try {
      const { read, created, updated } = await runImport(db, run, paths, { signal, listProblems: false })
      log.info({ people: read, created, updated }, 'import finished')
    } catch (error) {
      if (error instanceof Busy) return later(db, 'import', run.id)
      if (signal?.aborted) throw error
      if (isBroken(error)) {
        // The queue comes back to it, later and later; the files wait.
        await noteRun(db, run.id, { state: 'waiting', says: null, finished_at: null }).catch(() => undefined)
        throw error
      }
      // A page tells whoever asked; the same files would fail again.
      if (!(error instanceof UnusableInput))
        log.error({ kind: (error as Error).name, code: (error as { code?: string }).code }, 'import failed')
    }
    await removeUpload(run.id)
  },
}

const mending: Task = {
  name: 'import-problem',
  async run(id, { db }) {
    if (id === undefined) return
    try {
      await retryProblem(db, id)
    } catch (error) {
      if (!(error instanceof Busy)) throw error
      await later(db, 'import-problem', id)
    }
  },
}

/** Files nobody waits for, and runs of a command line that was killed. */
const tidying: Task = {
  name: 'import-tidying',
  cron: '17 3 * * *',
  async run(_, { db }) {
    await sql`
      update importing.run set state = 'failed', finished_at = clock_timestamp(),
             says = 'It was ended from outside before it was done; nothing was entered.'
       where state in ('reading', 'entering') and asked_by is null and started_at < now() - interval '13 hours'`.execute(
      db,
    )
    await eraseOldRows(db)
    await removeLeftovers(async (id) => {
      if (!/^[0-9a-f-]{36}$/.test(id)) return false
      const run = (await findRun(db, id)) ?? (await findReconciled(db, id))
      return run !== undefined && [...underWay, 'working'].includes(run.state)
    })
  },
}

/** A row that was decided a quarter of a year ago is not kept a second time; that it was decided is. */
async function eraseOldRows(db: Connection): Promise<void> {
  const purpose = 'retention of import problems'
  const trailed = await openRun(db, { purpose, population: 'children of problems decided long ago' })
  await inRun(db, trailed, (trx) =>
    sql`update importing.problem set rows = '[]'
         where state in ('mended', 'dismissed', 'replaced') and decided_at < now() - interval '90 days' and rows <> '[]'`.execute(
      trx,
    ),
  ).finally(() => endRun(db, trailed))
}

export const tasks: readonly Task[] = [importing, mending, tidying, reconciling]
