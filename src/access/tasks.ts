import { sql } from 'kysely'
import type { Task } from '../database/task.ts'
import { followDirectory } from './following.ts'

/** Yesterday's attempts, expired openings and sessions whose time is over. */
const clearExpired: Task = {
  name: 'clear-expired-access',
  cron: '*/15 * * * *',
  async run(_id, { db }) {
    await sql`select access.clear_expired()`.execute(db)
  },
}

/** Emergency access that nobody looked at in time goes up, each morning. */
const escalateReviews: Task = {
  name: 'escalate-emergency-reviews',
  cron: '0 6 * * *',
  async run(_id, { db, log }) {
    const { rows } = await sql<{ raised: number }>`select access.escalate_reviews() as raised`.execute(db)
    log.info({ raised: rows[0]!.raised }, 'emergency access that nobody looked at in time went up')
  },
}

/** A day's restriction that nobody made last, and those to look at again: said to whoever set them and the managers. */
const watchRestrictions: Task = {
  name: 'watch-restrictions',
  cron: '10 6 * * *',
  async run(_id, { db, log }) {
    const { rows } = await sql<{ told: number }>`select access.watch_restrictions() as told`.execute(db)
    log.info({ told: rows[0]!.told }, 'restrictions that ended unconfirmed or are due for review were said')
  },
}

export const tasks: readonly Task[] = [followDirectory, clearExpired, escalateReviews, watchRestrictions]
