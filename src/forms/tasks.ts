import { sql } from 'kysely'
import type { Task } from '../database/task.ts'

/** Nightly: the words of drafts that were put away a month ago. */
const clearDrafts: Task = {
  name: 'clear-drafts-put-away',
  cron: '40 2 * * *',
  async run(_id, { db }) {
    await sql`select forms.clear_old()`.execute(db)
  },
}

export const tasks: readonly Task[] = [clearDrafts]
