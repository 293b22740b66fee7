import { readFileSync } from 'node:fs'
import { Kysely, PostgresDialect, type PostgresPool } from 'kysely'
import type pg from 'pg'
import { type Connection, openPool } from '../src/database/connection.ts'

/** A statement as the program sent it. */
export interface Statement {
  readonly text: string
  readonly values: readonly unknown[]
}

/** Hears each statement, and may answer it in the server's place. */
export type Hear = (statement: Statement, ask: () => Promise<pg.QueryResult>) => Promise<pg.QueryResult>

export interface Watched {
  readonly db: Connection
  /** Asks without being heard. */
  ask(statement: Statement): Promise<pg.QueryResult>
  /** Milliseconds that a processor spent on this connection's statements so far; undefined where the system does not tell. */
  processorTime(): number | undefined
}

/** One connection, and so one process of the server, whose statements `hear` hears. */
export async function watched(url: string, hear: Hear): Promise<Watched> {
  const pool = openPool({ url, name: 'bench, watched', most: 1 })
  const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid')
  const listening: PostgresPool = {
    async connect() {
      const client = await pool.connect()
      return {
        query: (text: string, values: unknown[]) =>
          hear({ text, values: values ?? [] }, () => client.query(text, values)),
        release: () => client.release(),
        // biome-ignore lint/suspicious/noExplicitAny: the part of a client that Kysely uses
      } as any
    },
    end: () => pool.end(),
  }
  return {
    db: new Kysely({ dialect: new PostgresDialect({ pool: listening }) }),
    ask: ({ text, values }) => pool.query(text, [...values]),
    processorTime: () => processorTime(rows[0]!.pid),
  }
}

/** What Linux counts for a process on this machine. */
function processorTime(pid: number): number | undefined {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6
  } catch {
    return undefined
  }
}
