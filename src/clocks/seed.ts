import { createHash } from 'node:crypto'
import { eventKinds } from '../events/kinds.ts'
import { clocks, columnsLookedAt } from './clocks.ts'

/** What writing the list needs of a connection. */
export interface Writes {
  query(sql: string, values?: unknown[]): Promise<unknown>
}

/**
 * Brings the list of this version into the database: rows are added and changed, never removed. When it is another than
 * the last, everybody waits to be counted again. The database has of it
 * what it must hold itself: which clocks there are, how far each may be loosened, and what of a fact is looked at.
 * @param client as the owner of the database, after its migrations
 */
export async function writeClocks(client: Writes): Promise<void> {
  const rows = clocks.map(({ id, name, statutory }, place) => ({ id, place, name, statutory }))
  await client.query(
    `insert into clocks.clock select * from jsonb_to_recordset($1::jsonb) as r (id text, place integer, name text, statutory boolean)
       on conflict (id) do update set place = excluded.place, name = excluded.name, statutory = excluded.statutory`,
    [JSON.stringify(rows)],
  )
  const counts = clocks.flatMap(({ id, statutory, counts }) =>
    counts.map(({ unit, n, most }, place) => ({
      clock: id,
      place,
      unit,
      n,
      most: most ?? (statutory ? n : null),
    })),
  )
  await client.query(
    `insert into clocks.clock_count select * from jsonb_to_recordset($1::jsonb) as r (clock text, place integer, unit text, n integer, most integer)
       on conflict (clock, place) do update set unit = excluded.unit, n = excluded.n, most = excluded.most`,
    [JSON.stringify(counts)],
  )
  const looked = [...columnsLookedAt()].flatMap(([kind, columns]) =>
    [...columns].map((column_name) => ({ kind, column_name })),
  )
  await client.query(
    `insert into clocks.looked_at select * from jsonb_to_recordset($1::jsonb) as r (kind text, column_name name)
       on conflict do nothing`,
    [JSON.stringify(looked)],
  )
  await client.query('call clocks.build_heard()')
  // Another list, or another kind of event that it hears: what is due is another for anybody.
  const told = eventKinds.map(({ kind }) => kind)
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([clocks, told]))
    .digest('hex')
  await client.query(
    `with other as (
       insert into clocks.list (fingerprint) values ($1)
         on conflict (only_one) do update set fingerprint = excluded.fingerprint where list.fingerprint <> excluded.fingerprint
         returning only_one
     )
     insert into clocks.touched (person_id) select distinct e.person_id from other, record.event e on conflict do nothing`,
    [fingerprint],
  )
}
