import { sql } from 'kysely'
import type { Task } from '../database/task.ts'

/** Each morning: children who came near or away by the date alone, and warnings that are due to be looked at again. */
export const watchWarnings: Task = {
  name: 'watch-warnings',
  cron: '20 6 * * *',
  async run(_id, { db, log }) {
    const { rows } = await sql<{ told: number }>`select access.watch_warnings() as told`.execute(db)
    log.info({ told: rows[0]!.told }, 'warnings that are due for review were said')
  },
}
