import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'

// biome-ignore lint/suspicious/noExplicitAny: tables are named in SQL; an area types its own rows.
export type Connection = Kysely<any>

// Dates that the law counts have no time and no zone: they stay the text they are. Whole numbers beyond 2^53 do not
// occur (counts, sizes in bytes); decimals stay text, so that nothing is rounded behind anyone's back.
const types = new pg.TypeOverrides()
types.setTypeParser(pg.types.builtins.DATE, (text) => text)
types.setTypeParser(pg.types.builtins.INT8, (text) => Number(text))
types.setTypeParser(1182 as number, (text: string) => readTextArray(text))

const readTextArray = pg.types.getTypeParser(1009 as number) as (text: string) => string[]

export interface PoolOptions {
  url: string
  /** Shown in pg_stat_activity: 'cairn web', 'cairn jobs'. */
  name: string
  /** Most connections at a time. */
  most?: number
}

/** A pool of connections as one role. Connections are made when first needed. */
export function openPool({ url, name, most = 10 }: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: name,
    max: most,
    types,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
  })
  // A connection that breaks while idle is replaced at the next use; without a listener it would end the process.
  pool.on('error', () => undefined)
  return pool
}

/** Typed SQL over a pool. `destroy()` closes the pool. */
export function openConnection(options: PoolOptions): Connection {
  return new Kysely({ dialect: new PostgresDialect({ pool: openPool(options) }) })
}
