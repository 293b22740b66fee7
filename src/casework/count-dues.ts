import { sql } from 'kysely'
import { endRun, inRun, openRun, type Run } from '../access/runs.ts'
import { londonDay, warnDaysBefore } from '../clocks/calendar.ts'
import { calendarNow, countPeople, rulesNow } from '../clocks/store.ts'
import type { Connection } from '../database/connection.ts'
import type { Task } from '../database/task.ts'

const atATime = 500

interface Waiting {
  people: string[]
  transactions: string[]
}

/**
 * What is due is counted in the transaction that writes a fact (access/reading.ts). What a run wrote, such as an import,
 * this counts: it looks every minute, and opens a run only when somebody waits.
 */
export const countWaiting: Task = {
  name: 'count-waiting',
  cron: '* * * * *',
  async run(_, { db, signal }) {
    let run: Run | undefined
    let count = 0
    for (;;) {
      const { people, transactions } = await waiting(db)
      if (people.length === 0 || signal?.aborted) break
      run ??= await openRun(db, {
        purpose: 'counting what is due',
        population: 'everyone whose record changed',
      })
      await inRun(db, run, async (trx) => {
        await countPeople(trx, people, await rulesNow(trx))
        await sql`select clocks.counted(${people}::uuid[], ${transactions}::xid8[])`.execute(trx)
      })
      count += people.length
    }
    if (run) await endRun(db, run, count)
  },
}

async function waiting(db: Connection): Promise<Waiting> {
  const { rows } = await sql<Waiting>`
    select people, transactions::text[] as transactions from clocks.waiting(${atATime})`.execute(db)
  return rows[0]!
}

/**
 * What changes by the day alone: an age reached, a status that ended, a new bank holiday. Every night, and when an
 * administrator changes the calendar or a time (`jobs.enqueue('count-all', …)`).
 */
export const countAll: Task = {
  name: 'count-all',
  cron: '20 0 * * *',
  async run(_, { db, log, signal }) {
    const left = (await calendarNow(db)).knownTo - londonDay(Date.now())
    if (left < warnDaysBefore)
      log.error(
        { days: left },
        'bank holidays are known for so many days only: an administrator adds the next year',
      )
    const run = await openRun(db, {
      purpose: 'counting what is due',
      population: 'everyone with something due, or a birthday that matters',
    })
    let count = 0
    for (const whose of ['open_people', 'birthday_people'] as const) {
      let last: string | undefined
      do {
        const people = await inRun(db, run, async (trx) => {
          const { rows } = await sql<{ people: string[] }>`
            select clocks.${sql.raw(whose)}(${last ?? null}::uuid, ${atATime}) as people`.execute(trx)
          const { people } = rows[0]!
          if (people.length > 0) await countPeople(trx, people, await rulesNow(trx))
          return people
        })
        last = people.at(-1)
        count += people.length
      } while (last && !signal?.aborted)
    }
    await endRun(db, run, count)
  },
}
