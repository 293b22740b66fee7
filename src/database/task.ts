import type { Connection } from './connection.ts'

/** What background work is given. */
export interface TaskTools {
  /** As the role for background work: rows of the record only inside a run (access/opening.ts). */
  db: Connection
  /** A hot standby for reading much (access/runs.ts: readInRun), or the same as `db`. */
  read: Connection
  /** Nothing personal goes into a log line. */
  log: { info(fields: object, message: string): void; error(fields: object, message: string): void }
  /** Ends long work early when the process is told to stop. */
  signal: AbortSignal | undefined
}

/** One kind of background work. An area exports its own, and src/tasks.ts lists them. */
export interface Task {
  /** As `jobs.enqueue` calls it. */
  name: string
  /** When it runs by itself, as a crontab says it, in UTC: `0 2 * * *` is two in the morning. */
  cron?: string
  /**
   * Does the work. Called again, later and later, when it throws: it must be safe to call twice.
   * @param id what `jobs.enqueue` was given; undefined when the clock called
   */
  run(id: string | undefined, tools: TaskTools): Promise<void>
}
