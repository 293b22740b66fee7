import { sql, type Transaction } from 'kysely'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Reading = Transaction<any>

/** Where a row of the record comes from. */
export interface Origin {
  readonly id: string
  readonly recorded_at: Date
  /** The name of the account that recorded it. */
  readonly recorded_by_name: string | null
  /** The file and line it was imported from. */
  readonly import_place: string | null
}

/**
 * The rows of one table of the record that are about a person, as far as they are open.
 * @param table a table of the record; never from the address
 * @param order columns to sort by, newest first
 */
export async function factsOf<T = Record<string, string | null>>(
  trx: Reading,
  table: string,
  people: readonly string[],
  order: readonly string[],
): Promise<(T & Origin)[]> {
  const { rows } = await sql<T & Origin>`
    select t.*, (select display_name from access.account a where a.id = t.recorded_by) as recorded_by_name
      from ${sql.table(table)} t where t.person_id = any (${[...people]}::uuid[])
     order by ${sql.join(order.map((column) => sql`t.${sql.ref(column)} desc nulls first`))}`.execute(trx)
  return rows
}

/** One state of a fact: what it said from one moment to another. */
export interface Version {
  readonly values: Readonly<Record<string, unknown>>
  readonly from: Date
  /** The moment it was replaced or removed; null while it stands. */
  readonly to: Date | null
  readonly by: string | null
  readonly place: string | null
}

/** A column of the record as the history page says it. */
export interface Column {
  readonly name: string
  /** The national code set whose codes it holds. */
  readonly codes: string | null
  /** Of whom or what it holds the id; null where it holds a value. */
  readonly names: 'account' | 'team' | 'person' | null
}

/** Whose a kept table's rows are: the column that names the person; undefined when there is no such table. */
export async function subjectColumn(trx: Reading, table: string): Promise<string | undefined> {
  const { rows } = await sql<{ subject: string }>`
    select subject from foundation.kept_table where table_name = ${table}`.execute(trx)
  return rows[0]?.subject
}

/** Every state of one fact that is open, the newest first, and the columns that tell of it. */
export async function versionsOf(
  trx: Reading,
  {
    table,
    subject,
    people,
    fact,
  }: { table: string; subject: string; people: readonly string[]; fact: string },
): Promise<{ columns: Column[]; versions: Version[] }> {
  const columns = await sql<Column>`
    select a.attname as name, case when n.nspname = 'codes' then t.typname end as codes,
           case when a.atttypid = 'uuid'::regtype then substring(a.attname from '(account|team|person)_id$') end as names
      from pg_attribute a join pg_type t on t.oid = a.atttypid join pg_namespace n on n.oid = t.typnamespace
     where a.attrelid = ${`record.${table}`}::regclass and a.attnum > 0 and not a.attisdropped
       and a.attgenerated = '' and (a.atttypid <> 'uuid'::regtype or a.attname ~ '(account|team|person)_id$')
       and a.attname not in ('natural_key', 'recorded_at', 'import_place')
     order by a.attnum`.execute(trx)
  const versions = await sql<Version>`
    select to_jsonb(v) as values, v.recorded_at as "from", v.replaced_at as "to", v.import_place as place,
           (select display_name from access.account a where a.id = v.recorded_by) as by
      from (select *, null::timestamptz as replaced_at from ${sql.table(`record.${table}`)}
            union all select * from ${sql.table(`history.${table}`)}) as v
     where v.id = ${fact} and v.${sql.ref(subject)} = any (${[...people]}::uuid[])
     order by v.recorded_at desc`.execute(trx)
  return { columns: columns.rows, versions: versions.rows }
}

/**
 * What the ids in these versions stand for, as far as the reader may know: workers and teams by name, people where their
 * name is open.
 */
export async function namesIn(
  trx: Reading,
  { columns, versions }: { columns: readonly Column[]; versions: readonly Version[] },
): Promise<ReadonlyMap<string, string>> {
  const ids = columns
    .filter(({ names }) => names)
    .flatMap(({ name }) => versions.flatMap(({ values }) => values[name] ?? []))
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; name: string }>`
    select i.id, coalesce(a.display_name, t.name, c.name, 'Somebody whose name is not open to you') as name
      from unnest(${ids}::uuid[]) as i (id)
      left join access.account a on a.id = i.id
      left join access.team t on t.id = i.id
      left join record.index_card c on c.person_id = i.id`.execute(trx)
  return new Map(rows.map(({ id, name }) => [id, name]))
}
