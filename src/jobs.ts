import { setTimeout as wait } from 'node:timers/promises'
import {
  type JobHelpers,
  type ParsedCronItem,
  parseCronItems,
  type Runner,
  run,
  type TaskList,
} from 'graphile-worker'
import { Kysely, PostgresDialect } from 'kysely'
import { type Connection, openPool } from './database/connection.ts'
import { queueSchema } from './database/queue.ts'
import { startLiving } from './database/queue-living.ts'
import { queueLogger, type Sink } from './database/queue-logger.ts'
import type { Task } from './database/task.ts'
import { tasks as allTasks } from './tasks.ts'

export interface JobsOptions {
  url: string
  readUrl?: string | undefined
  log: Sink & { info(fields: object, message: string): void }
  /** Kinds of work at once. */
  most?: number
  tasks?: readonly Task[]
  /** No other process works on this queue: whatever is locked was left by one that was killed. */
  alone?: boolean
}

/**
 * Starts background work as its own role. It needs a connection of its own to the server (it listens), not one through
 * a pooler in transaction mode.
 * @returns ends it: work under way is finished, or given back to the queue after a few seconds
 */
export async function startJobs({
  url,
  readUrl,
  log,
  most = 2,
  tasks = allTasks,
  alone = false,
}: JobsOptions): Promise<() => Promise<void>> {
  const pool = openPool({ url, name: 'cairn jobs', most: most + 8 })
  const db: Connection = new Kysely({ dialect: new PostgresDialect({ pool }) })
  const readPool = readUrl ? openPool({ url: readUrl, name: 'cairn jobs reading', most: 4 }) : undefined
  const read: Connection = readPool ? new Kysely({ dialect: new PostgresDialect({ pool: readPool }) }) : db
  const taskList: TaskList = Object.fromEntries(
    tasks.map((task) => [
      task.name,
      (payload: unknown, helpers: JobHelpers) =>
        task.run((payload as { id?: string } | null)?.id, { db, read, log, signal: helpers.abortSignal }),
    ]),
  )
  const living = await startLiving(pool, url, alone)
  const begin = () =>
    run({
      pgPool: pool,
      schema: queueSchema,
      concurrency: most,
      noPreparedStatements: true,
      noHandleSignals: true,
      logger: queueLogger(log),
      gracefulShutdownAbortTimeout: 2_000,
      events: living.events,
      taskList,
      parsedCronItems: cronItems(tasks),
    })
  const stop = await keepRunning(begin, log)
  return async () => {
    await stop()
    await living.stop()
    await Promise.all([pool.end(), readPool?.end()])
  }
}

/** A runner that breaks (its database was away for too long) is started again. */
async function keepRunning(
  begin: () => Promise<Runner>,
  log: JobsOptions['log'],
): Promise<() => Promise<void>> {
  const ending = new AbortController()
  let runner = await begin()
  const over = (async () => {
    while (!ending.signal.aborted) {
      await runner.promise.catch((error: { name?: string }) =>
        log.error({ kind: error?.name }, 'background work stopped'),
      )
      while (!ending.signal.aborted) {
        await wait(5_000, undefined, { signal: ending.signal }).catch(() => undefined)
        if (ending.signal.aborted) return
        const again = await begin().catch(() => undefined)
        if (again) {
          runner = again
          break
        }
      }
    }
  })()
  return async () => {
    ending.abort()
    await runner.stop().catch(() => undefined)
    await over
  }
}

function cronItems(tasks: readonly Task[]): ParsedCronItem[] {
  return parseCronItems(
    tasks.flatMap(({ name, cron }) =>
      cron ? [{ task: name, match: cron, identifier: name, options: { backfillPeriod: 0 } }] : [],
    ),
  )
}
