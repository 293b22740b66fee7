import { EventEmitter } from 'node:events'
import type { WorkerEvents } from 'graphile-worker'
import type pg from 'pg'
import { CarefulClient } from './connection-errors.ts'

/**
 * Gives back to the queue what a killed worker had in hand. The queue itself would wait four hours, as it cannot know
 * who is alive; the server can: each process of background work holds one connection for its whole life, and its
 * workers are known by it.
 */
export async function startLiving(
  pool: pg.Pool,
  url: string,
  alone: boolean,
): Promise<{ events: WorkerEvents; stop(): Promise<void> }> {
  const events = new EventEmitter() as WorkerEvents
  let sign: pg.Client | undefined
  let stopped = false
  const workers = new Set<string>()
  const sweep = async () => {
    sign ??= await openSign(url, () => {
      sign = undefined
    })
    if (workers.size > 0) {
      await sign.query(
        `insert into jobs.living_worker (worker, backend)
         select unnest($1::text[]), pg_backend_pid() || ' ' || backend_start from pg_stat_activity where pid = pg_backend_pid()
         on conflict (worker) do update set backend = excluded.backend`,
        [[...workers]],
      )
    }
    await pool.query(giveBack)
  }
  // A sweep that fails (the server is away) is made up for by the next.
  const quietly = () => sweep().catch(() => undefined)
  events.on('worker:create', ({ worker }) => {
    workers.add(worker.workerId)
    void quietly()
  })
  events.on('worker:stop', ({ worker }) => workers.delete(worker.workerId))
  if (alone) await pool.query('delete from jobs.living_worker')
  if (alone)
    await pool.query(
      'update jobs._private_jobs set locked_at = null, locked_by = null where locked_at is not null',
    )
  if (alone)
    await pool.query(
      'update jobs._private_job_queues set locked_at = null, locked_by = null where locked_at is not null',
    )
  await sweep()
  const timer = setInterval(() => void (stopped || quietly()), 30_000)
  timer.unref()
  return {
    events,
    stop: async () => {
      stopped = true
      clearInterval(timer)
      await sign?.end().catch(() => undefined)
    },
  }
}

async function openSign(url: string, lost: () => void): Promise<pg.Client> {
  const client = new CarefulClient({
    connectionString: url,
    application_name: 'cairn jobs alive',
    keepAlive: true,
  })
  client.on('error', lost)
  client.on('end', lost)
  await client.connect()
  return client
}

// Workers that never said who they are may be of an older Cairn: the queue's own four hours hold for them.
const giveBack = `
  with dead as (
    delete from jobs.living_worker l
     where not exists (select from pg_stat_activity a where a.pid || ' ' || a.backend_start = l.backend)
    returning worker
  ), queues as (
    update jobs._private_job_queues q set locked_at = null, locked_by = null from dead where q.locked_by = dead.worker
  )
  update jobs._private_jobs j set locked_at = null, locked_by = null from dead where j.locked_by = dead.worker`

/** The table of workers and the connections they are known by. */
export const livingTable = `
  create table if not exists jobs.living_worker (worker text primary key, backend text not null)`
