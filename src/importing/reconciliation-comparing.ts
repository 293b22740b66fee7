import { type RawBuilder, sql } from 'kysely'
import { UnusableInput } from '../returns/reading/unusable.ts'
import { gatherDifferences } from './reconciliation-store.ts'
import { type ReconciledTable, reconciledTables } from './reconciliation-tables.ts'
import type { RunRow, Transaction } from './store.ts'

/**
 * Holds the rows that a load read against the views of the dataset: table by table, year by year, row by row.
 * @param trx inside a run
 * @returns how many rows differ
 * @throws UnusableInput when the load's rows are no longer kept
 */
export async function compareTables(
  trx: Transaction,
  reconciled: string,
  run: RunRow & { system: string },
  says: (text: string) => Promise<void>,
): Promise<number> {
  await mustBeKept(trx, run)
  await sql`select set_config('work_mem', '128MB', true), set_config('jit', 'off', true), set_config('enable_nestloop', 'off', true)`.execute(
    trx,
  )
  const { rows: accounts } = await sql<{ source_table: string }>`
    select source_table from importing.row_account where run_id = ${run.id}::uuid`.execute(trx)
  const present = new Set(accounts.map(({ source_table }) => source_table))
  const compared = reconciledTables.filter(({ table }) => present.has(table))
  for (const [place, table] of compared.entries()) {
    await says(`Comparing ${table.table}: ${place + 1} of ${compared.length} tables`)
    await compareTable(trx, reconciled, run, table, place)
  }
  const names = compared.map(({ table }) => table)
  await tellHeldWhole(trx, reconciled, run, names)
  await gatherDifferences(trx, reconciled, names)
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from importing.reconciled_row where reconciled_id = ${reconciled}::uuid`.execute(trx)
  return rows[0]!.n
}

/** A later load has taken the place of these rows; a load of an earlier version kept none. */
async function mustBeKept(trx: Transaction, run: RunRow): Promise<void> {
  const { rows } = await sql<{ kept: boolean; later: boolean }>`
    select exists (select from importing.load_row where run_id = ${run.id}::uuid) as kept,
           importing.load_after(${run.id}::uuid) is not null as later`.execute(trx)
  if (rows[0]!.later) throw new UnusableInput('A later load has come in: reconcile that one.')
  if (!rows[0]!.kept)
    throw new UnusableInput(
      'The rows of this load were not kept, as loads did not keep them then. Load the files again.',
    )
}

/** In one statement: the rows that differ, and the counts by year with all years together as ''. */
async function compareTable(
  trx: Transaction,
  reconciled: string,
  run: RunRow & { system: string },
  { table, date, fact, keys }: ReconciledTable,
  place: number,
): Promise<void> {
  const ourDay = date === undefined ? sql`null::date` : sql.raw(`v.${date}`)
  await sql`
    with brought as materialized (${withSystem(keys, run.system)}
    ), ours as materialized (
      select ${sql.raw(fact)} as fact, ${ourDay} as day from ${sql.table(`ssd.${table}`)} v
    ), theirs as materialized (
      select * from importing.load_row where run_id = ${run.id}::uuid and source_table = ${table}
    ), matched as materialized (
      select t.place, o.fact, o.day
        from theirs t
        join brought b on b.source_id = t.source_id and (t.person_id is null or b.person_id is null or b.person_id = t.person_id)
        join ours o on o.fact = b.fact
       where t.outcome <> 'held'
    ), met as materialized (
      select t.*, m.place is not null as found, m.same_day, m.day as our_day
        from theirs t
        left join (select m.place, bool_or(m.day is not distinct from t.day) as same_day, min(m.day) as day
                     from matched m join theirs t on t.place = m.place group by m.place) m on m.place = t.place
    ), mine as materialized (
      select o.fact, min(o.day) as day, min(b.source_id) as source_id, min(b.person_id::text)::uuid as person_id
        from ours o join brought b on b.fact = o.fact group by o.fact
    ), differing as (
      select case when outcome = 'held' then 'held' when not found then 'missing' else 'other-date' end as kind,
             person_number as child, person_id, source_id as row_key, (${run.files}::text[])[file] as file, line,
             case when found then day::text end as theirs, our_day::text as ours
        from met
       where outcome = 'held' or not found or ${date !== undefined} and not same_day
      union all
      select 'earlier-only', p.source_id, n.person_id, n.source_id, null, null, null, n.day::text
        from mine n left join importing.source_key p on p.system = ${run.system} and p.fact_table = 'person' and p.person_id = n.person_id
       where not exists (select from matched m where m.fact = n.fact)
    ), kept as (
      insert into importing.reconciled_row (reconciled_id, subject, kind, child, person_id, row_key, file, line, theirs, ours)
      select ${reconciled}::uuid, ${table}, kind, child, person_id, row_key, file, line, theirs, ours from differing
    ), counted as (
      select coalesce(importing.year_of(day), 'no date') as year, count(*) as read, count(*) filter (where outcome = 'loaded') as loaded,
             count(*) filter (where outcome = 'warned') as warned, count(*) filter (where outcome = 'held') as held, 0 as ours
        from met group by 1
      union all
      select coalesce(importing.year_of(day), 'no date'), 0, 0, 0, 0, count(*) from mine group by 1
    )
    insert into importing.reconciled_line (reconciled_id, place, subject, code, read, loaded, warned, held, ours)
    select ${reconciled}::uuid, ${place}, ${table}, coalesce(year, ''), coalesce(sum(read), 0), coalesce(sum(loaded), 0), coalesce(sum(warned), 0),
           coalesce(sum(held), 0), coalesce(sum(ours), 0)
      from counted where true group by grouping sets ((), (year))
    having ${date !== undefined} or grouping(year) = 1`.execute(trx)
}

const withSystem = (text: string, system: string): RawBuilder<unknown> =>
  sql.join(
    text
      .split(':system')
      .flatMap((piece, i) => (i === 0 ? [sql.raw(piece)] : [sql`${system}`, sql.raw(piece)])),
    sql``,
  )

/** Tables that no part of the record has a place for: their rows are all held. */
async function tellHeldWhole(
  trx: Transaction,
  reconciled: string,
  run: RunRow,
  compared: readonly string[],
): Promise<void> {
  await sql`
    insert into importing.reconciled_line (reconciled_id, place, subject, read, loaded, warned, held, ours)
    select ${reconciled}::uuid, ${compared.length} + row_number() over (order by source_table), source_table, read, loaded, warned, held, 0
      from importing.row_account where run_id = ${run.id}::uuid and source_table <> all (${compared}::text[])`.execute(
    trx,
  )
  await sql`
    insert into importing.reconciled_row (reconciled_id, subject, kind, child, person_id, row_key, file, line)
    select ${reconciled}::uuid, source_table, 'held', null, person_id, source_id, file, line
      from importing.source_row where run_id = ${run.id}::uuid and outcome = 'held' and source_table <> all (${compared}::text[])`.execute(
    trx,
  )
}
