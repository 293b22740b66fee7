import type { Task } from '../database/task.ts'
import { makeReturn } from './making.ts'
import { clearOld, findMade } from './store.ts'

/** How long a file can be downloaded, in days. What was made, by whom, and its hash stays. */
export const keptDays = 30

/** A return asked for on a page. A process that was killed left nothing half done: it begins again. */
const making: Task = {
  name: 'return',
  async run(id, { db, read, log, signal }) {
    const made = id === undefined ? undefined : await findMade(db, id)
    if (made === undefined || !['waiting', 'making'].includes(made.state)) return
    try {
      const { children, departures } = await makeReturn(db, made, { read, signal })
      log.info({ children, departures: departures.length }, 'return made')
    } catch (error) {
      if (signal?.aborted) throw error
      // The page tells whoever asked; the same again would fail again.
      log.error({ kind: (error as Error).name, code: (error as { code?: string }).code }, 'return failed')
    }
  },
}

const clearing: Task = {
  name: 'return-clearing',
  cron: '40 1 * * *',
  async run(_, { db, log }) {
    const files = await clearOld(db, keptDays)
    if (files > 0) log.info({ files }, 'files of returns cleared away')
  },
}

export const tasks: readonly Task[] = [making, clearing]
