import type { Task } from '../../database/task.ts'
import { checkAll, checkOne } from './record-counts.ts'
import { isUnderWay, isUnusable, runCheck } from './run-check.ts'
import { clearChecks, findCheck, noteCheck } from './store.ts'
import { removeLeftovers, removeUpload, uploadedFiles } from './uploads.ts'

/** How long what was found is kept, in hours. */
export const keptHours = 24

/** The line to the database broke, or the server goes away: nothing is wrong with the files. */
const isBroken = (error: unknown) => {
  const { code = '', message = '' } = error as { code?: string; message?: string }
  return /^(08|57P|ECONN|EPIPE)/.test(code) || message.startsWith('Connection terminated')
}

/** A check asked for on a page. A process that was killed left nothing half done: it begins again. */
const checking: Task = {
  name: 'return-check',
  async run(id, { db, log, signal }) {
    const run = id === undefined ? undefined : await findCheck(db, id)
    if (run === undefined || !['waiting', 'checking'].includes(run.state)) {
      // Dismissed meanwhile.
      if (id !== undefined) await removeUpload(id)
      return
    }
    const files = await uploadedFiles(run.id)
    try {
      if (files.files.length === 0) throw new FilesGone()
      const { children, findings } = await runCheck(db, run, files, signal)
      log.info({ children, findings }, 'return checked')
    } catch (error) {
      // Ended from outside, or cut off: the queue comes back to it, and the files wait.
      if (signal?.aborted || isBroken(error)) throw error
      // Dismissed while it went on: there is nothing left to keep, and nobody to tell.
      if ((await findCheck(db, run.id)) === undefined) return removeUpload(run.id)
      const state = isUnusable(error) ? 'unusable' : 'failed'
      await noteCheck(db, run.id, { state, says: wordsFor(error), finished_at: new Date() })
      if (state === 'failed')
        log.error({ kind: (error as Error).name, code: (error as { code?: string }).code }, 'check failed')
    }
    await removeUpload(run.id)
  },
}

class FilesGone extends Error {}

function wordsFor(error: unknown): string {
  // A file is told by its name; whoever uploaded it knows where it lies.
  if (isUnusable(error)) return (error as Error).message.replaceAll(/\/\S*\/(?=[^/\s]*)/g, '')
  if (error instanceof FilesGone) return 'The files are no longer here. Upload them again.'
  const { rule } = error as { rule?: string }
  return rule === undefined
    ? 'Something broke while the return was checked. Try again; the log of the service says more.'
    : `Rule ${rule} is itself defective. Nothing is shown, as what was found may not be all. Tell whoever looks after this service.`
}

const clearing: Task = {
  name: 'return-check-clearing',
  cron: '25 * * * *',
  async run(_, { db, log }) {
    const checks = await clearChecks(db, keptHours)
    if (checks > 0) log.info({ checks }, 'checks of returns cleared away')
    await removeLeftovers((run) => isUnderWay(db, run))
  },
}

/** Every night, and after an import: what the returns of the running year would say of each child. */
const checkingAll: Task = {
  name: 'record-checks',
  cron: '10 2 * * *',
  async run(_, { db, read, log, signal }) {
    const children = await checkAll({ db, read }, new Date(), signal)
    log.info({ children }, 'record checked')
  },
}

/** After a fact of one child was written: asked for by the database (0540_record_findings.sql). */
const checkingOne: Task = {
  name: 'record-check',
  async run(person, { db }) {
    if (person !== undefined) await checkOne(db, person, new Date())
  },
}

export const tasks: readonly Task[] = [checking, clearing, checkingAll, checkingOne]
