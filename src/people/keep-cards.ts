import { sql } from 'kysely'
import { endRun, inRun, openRun } from '../access/runs.ts'
import type { Task } from '../database/task.ts'

const atATime = 5000

/**
 * Index cards are made anew whenever the record changes. What changes by the date alone (a case that closes, a worker
 * who ends, a restriction that lapses, a 25th birthday) this does, every night.
 */
export const keepCards: Task = {
  name: 'keep-cards',
  cron: '10 0 * * *',
  async run(_, { db, signal }) {
    const run = await openRun(db, {
      purpose: 'index cards as of today',
      population: 'everyone in the record',
    })
    let last: string | undefined
    let count = 0
    do {
      const people = await inRun(db, run, async (trx) => {
        const { rows } = await sql<{ id: string }>`
          select id from person where ${last ?? null}::uuid is null or id > ${last ?? null} order by id limit ${atATime}`.execute(
          trx,
        )
        const ids = rows.map(({ id }) => id)
        if (ids.length > 0) await sql`select record.refresh_index_cards(${ids}::uuid[])`.execute(trx)
        return ids
      })
      last = people.at(-1)
      count += people.length
    } while (last && !signal?.aborted)
    await endRun(db, run, count)
  },
}
