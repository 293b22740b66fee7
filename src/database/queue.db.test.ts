import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startJobs } from '../jobs.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { until } from '../testing/program.ts'
import { migrateQueue } from './queue.ts'
import type { Task } from './task.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
  await migrateQueue(db.urls.jobs)
})
afterAll(() => db.close())
beforeEach(async () => {
  await sql`delete from jobs._private_jobs`.execute(db.jobs)
  await sql`delete from jobs.living_worker`.execute(db.jobs)
})

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }
const running: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of running.splice(0)) await stop()
})

/** Background work on this database, ended after the test. */
async function work(tasks: Task[], more: Partial<Parameters<typeof startJobs>[0]> = {}) {
  const stop = await startJobs({ url: db.urls.jobs, log: quiet, tasks, ...more })
  running.push(stop)
  return stop
}

const enqueue = (task: string, id: string) => sql`select jobs.enqueue(${task}, ${id})`.execute(db.app)

async function waiting(): Promise<
  { task: string; attempts: number; locked: boolean; error: string | null }[]
> {
  const { rows } = await sql<Awaited<ReturnType<typeof waiting>>[0]>`
    select t.identifier as task, j.attempts, j.locked_at is not null as locked, j.last_error as error
      from jobs._private_jobs j join jobs._private_tasks t on t.id = j.task_id`.execute(db.jobs)
  return rows
}

describe('the pages’ one way into the queue', () => {
  test('is a function; the tables are closed to them', async () => {
    const id = randomUUID()
    await enqueue('letter', id)
    await enqueue('letter', id)
    expect(await waiting()).toMatchObject([{ task: 'letter' }])
    for (const statement of [
      `select * from jobs._private_jobs`,
      `select jobs.add_job('letter', '{"name": "Elsie"}')`,
      `insert into jobs.living_worker values ('me', 'you')`,
      `create table jobs.mine (id int)`,
    ]) {
      await expect(sql.raw(statement).execute(db.app)).rejects.toThrow(/permission denied/)
    }
  })

  test('belongs to the transaction of the fact: rolled back, nothing was asked for', async () => {
    const begun = db.app.transaction().execute(async (trx) => {
      await sql`select jobs.enqueue('letter', ${randomUUID()})`.execute(trx)
      throw new Error('the fact was refused')
    })
    await expect(begun).rejects.toThrow('the fact was refused')
    expect(await waiting()).toEqual([])
  })

  test('migrating again changes nothing that waits', async () => {
    await enqueue('letter', randomUUID())
    await migrateQueue(db.urls.jobs)
    expect(await waiting()).toHaveLength(1)
  })
})

describe('background work', () => {
  test('is done with the id it was given, as the role for it', async () => {
    const done: unknown[] = []
    const id = randomUUID()
    await work([
      {
        name: 'letter',
        run: async (given, tools) => {
          const { rows } = await sql`select current_user as who`.execute(tools.db)
          done.push(given, ...rows)
        },
      },
    ])
    await enqueue('letter', id)
    await until('it is done', async () => done.length > 0)
    expect(done).toEqual([id, { who: 'cairn_test_jobs' }])
    await until('the queue is empty', async () => (await waiting()).length === 0)
  })

  test('that fails is kept and tried again, and the log says so without its words', async () => {
    const lines: string[] = []
    const log = { ...quiet, error: (...line: unknown[]) => lines.push(JSON.stringify(line)) }
    let times = 0
    await work(
      [
        {
          name: 'letter',
          run: async () => {
            times += 1
            if (times === 1) throw new Error('no address for Elsie Marrow')
          },
        },
      ],
      { log },
    )
    await enqueue('letter', randomUUID())
    await until('it failed once', async () =>
      (await waiting()).some(({ attempts, locked }) => attempts === 1 && !locked),
    )
    // It would be tried again in a few seconds; the test does not wait.
    await sql`select jobs.reschedule_jobs(array(select id from jobs._private_jobs), run_at => now())`.execute(
      db.jobs,
    )
    await until('it was tried again', async () => times === 2)
    expect(lines.join()).toContain('letter')
    expect(lines.join()).not.toContain('Marrow')
  })

  test('two processes share it: each job is done once', async () => {
    const done: string[] = []
    const task: Task = { name: 'letter', run: async (id) => void done.push(id!) }
    await work([task])
    await work([task])
    const ids = Array.from({ length: 40 }, () => randomUUID())
    await Promise.all(ids.map((id) => enqueue('letter', id)))
    await until('all are done', async () => done.length >= ids.length)
    expect(done.toSorted()).toEqual(ids.toSorted())
  })

  test('of a killed process is given back to the next, at once', async () => {
    await enqueue('letter', randomUUID())
    // As a process leaves things that was killed after taking a job: locked, its sign of life gone.
    await sql`insert into jobs.living_worker values ('worker-of-the-dead', '1 2020-01-01')`.execute(db.jobs)
    await sql`update jobs._private_jobs set locked_at = now(), locked_by = 'worker-of-the-dead', attempts = 1`.execute(
      db.jobs,
    )
    const done: unknown[] = []
    await work([{ name: 'letter', run: async (id) => void done.push(id) }])
    await until('it is done', async () => done.length === 1)
  })

  test('of a living process is left to it', async () => {
    let finish = () => {}
    const held = new Promise<void>((done) => {
      finish = done
    })
    let begun = 0
    const task: Task = {
      name: 'letter',
      run: async () => {
        begun += 1
        await held
      },
    }
    await work([task])
    await enqueue('letter', randomUUID())
    await until('one has begun', async () => begun === 1)
    await work([task])
    expect(await waiting()).toMatchObject([{ locked: true, attempts: 1 }])
    finish()
    await until('it is done', async () => (await waiting()).length === 0)
    expect(begun).toBe(1)
  })

  test('by the clock is known to the queue', async () => {
    await work([{ name: 'seal-trail', cron: '*/10 * * * *', run: async () => undefined }])
    await until('it is known', async () => {
      const { rows } = await sql<{
        identifier: string
      }>`select identifier from jobs._private_known_crontabs`.execute(db.jobs)
      return rows.some(({ identifier }) => identifier === 'seal-trail')
    })
  })

  test('leaves the web’s log and the queue’s own record of errors without a row of the record', async () => {
    await work([
      {
        name: 'letter',
        run: (_, tools) => sql`select 'Elsie Marrow'::uuid`.execute(tools.db).then(() => undefined),
      },
    ])
    await enqueue('letter', randomUUID())
    await until('it failed', async () => (await waiting()).some(({ error }) => error !== null))
    expect(JSON.stringify(await waiting())).not.toContain('Marrow')
  })
})
