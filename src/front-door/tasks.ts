import { sql } from 'kysely'
import type { Task } from '../database/task.ts'

/** Nightly: the words of notifications that were set aside a month ago. What waits is never cleared. */
const clearIntake: Task = {
  name: 'clear-notifications-set-aside',
  cron: '45 2 * * *',
  async run(_id, { db }) {
    await sql`select intake.clear_old()`.execute(db)
  },
}

export const tasks: readonly Task[] = [clearIntake]
