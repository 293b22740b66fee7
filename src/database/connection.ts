import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { CarefulClient } from './connection-errors.ts'

// biome-ignore lint/suspicious/noExplicitAny: tables are named in SQL; an area types its own rows.
export type Connection = Kysely<any>

const dateArray = 1182
const textArray = 1009

// Dates that the law counts have no time and no zone: they stay the text they are. Whole numbers are counts and sizes,
// far below 2^53. Decimals stay text, so that nothing is rounded behind anyone's back.
const types = new pg.TypeOverrides()
types.setTypeParser(pg.types.builtins.DATE, (text) => text)
types.setTypeParser(dateArray as number, pg.types.getTypeParser(textArray as number))
types.setTypeParser(pg.types.builtins.INT8, Number)

export interface PoolOptions {
  url: string
  /** Shown in pg_stat_activity: 'cairn web', 'cairn jobs'. */
  name: string
  /** Most connections at a time. */
  most?: number
}

/**
 * A pool of connections as one role. Connections are made when first needed; one that broke is replaced at the next
 * use, so that a fail-over costs the requests under way and no more.
 */
export function openPool({ url, name, most = 10 }: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    Client: CarefulClient,
    connectionString: url,
    application_name: name,
    max: most,
    types,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
  })
  // Without a listener an idle connection that breaks would end the process.
  pool.on('error', () => undefined)
  // The same for one that breaks while it is lent out and between two statements.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/** Typed SQL over a pool. `destroy()` closes the pool. */
export function openConnection(options: PoolOptions): Connection {
  return new Kysely({ dialect: new PostgresDialect({ pool: openPool(options) }) })
}
