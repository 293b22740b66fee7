import { sql } from 'kysely'
import { reconciledTables } from './reconciliation-tables.ts'
import type { Transaction } from './store.ts'

/**
 * Keeps which rows a load read and what they ended as, for its reconciliation: keys and the day of the table.
 * @param trx of the load, with its staged tables still there
 * @param present the tables that its files are of
 */
export async function keepLoadedRows(
  trx: Transaction,
  load: { run: string; system: string },
  present: readonly string[],
): Promise<void> {
  for (const { table, id, person, date } of reconciledTables) {
    if (!present.includes(table)) continue
    await sql`
      delete from importing.load_row l using importing.run r
       where r.id = l.run_id and r.system = ${load.system} and l.source_table = ${table}`.execute(trx)
    const day = date === undefined ? 'null' : `s.${date}`
    const number = person ?? 'null::text'
    await sql`
      insert into importing.load_row (run_id, source_table, place, file, line, source_id, person_number, person_id, day, outcome)
      select ${load.run}::uuid, ${table}, s.place, s.file, s.line, ${sql.raw(id)}, ${sql.raw(number)}, w.person, ${sql.raw(day)}::date,
             case when o.holds or s.held is not null then 'held' when o.place is not null then 'warned' else 'loaded' end
        from ${sql.table(`staged_${table}`)} s
        left join staged_who w on w.source = ${sql.raw(number)}
        left join (select place, bool_or(holds) as holds from staged_outcome where tab = ${table} group by place) o on o.place = s.place`.execute(
      trx,
    )
  }
}
