import { type Transaction as KyselyTransaction, sql } from 'kysely'
import type { Connection } from '../database/connection.ts'
import type { Columns } from './columns.ts'
import type { Held, Source, Standing, Statement, Value } from './model.ts'
import { joined, type ToKeep } from './problems.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
export type Transaction = KyselyTransaction<any>

/** The tables of the record that imports fill: what others belong to stands first. */
export const tables = [
  'person',
  'person_identifier',
  'person_name',
  'gender_identity',
  'address',
  'contact_detail',
  'person_characteristics',
  'disability',
  'mother_status',
  'relationship',
  'parental_responsibility',
  'referral',
  'assessment',
  'assessment_factor',
  'cin_plan',
  'section_47',
  'initial_conference',
  'child_protection_plan',
  'child_protection_review',
  'pre_proceedings',
  'episode',
  'placement_whereabouts',
  'looked_after_review',
  'missing_episode',
  'deprivation_of_liberty',
  'uasc_status',
  'previous_permanence',
  'social_worker_episode',
  'health_outcome',
  'substance_misuse_outcome',
  'conviction_outcome',
  'sdq',
  'adoption',
  'placed_for_adoption',
  'care_leaver_outcome',
] as const

/** Who has a number. */
export interface Holder {
  kind: string
  value: string
  /** The authority's own number, whatever source it came from. */
  local: boolean
  person: string
  born: string | null
  /** Every kind of number this person has. */
  kinds: string[]
  /** Sealed or not to be known: never found by a number of another kind. */
  sealed: boolean
}

export async function holders(
  trx: Transaction,
  localIds: readonly string[],
  upns: readonly string[],
): Promise<Holder[]> {
  const { rows } = await sql<Holder>`
    select i.kind, i.value, i.kind <> 'upn' as local, i.person_id as person, p.date_of_birth as born,
           array(select distinct k.kind from person_identifier k where k.person_id = i.person_id) as kinds,
           exists (select from restriction r where r.person_id = i.person_id and r.level >= 3
                      and (r.to_at is null or r.to_at > clock_timestamp())) as sealed
      from person_identifier i join person p on p.id = i.person_id
     where i.source_authority is null
       and (i.kind in ('la-child-id', 'ssda903-child-id', 'legacy-id') and i.value = any (${localIds}::text[])
            or i.kind = 'upn' and i.value = any (${upns}::text[]))`.execute(trx)
  return rows
}

/** What people are called now. */
export async function namesOf(trx: Transaction, people: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ person: string; name: string }>`
    select distinct on (n.person_id) n.person_id as person, n.full_name as name from person_name n
     where n.person_id = any (${people}::uuid[]) and n.kind in ('legal', 'preferred') and n.to_day is null
     order by n.person_id, n.kind desc, n.id desc`.execute(trx)
  return new Map(rows.map(({ person, name }) => [person, name]))
}

interface HeldRow {
  table: string
  id: string
  person: string
  by_hand: boolean
  values: Record<string, Value>
}

/** Everything the record holds of these people in the tables that imports fill, person by person. */
export async function held(
  trx: Transaction,
  columns: Columns,
  people: readonly string[],
): Promise<Map<string, Held[]>> {
  const found = new Map<string, Held[]>()
  if (people.length === 0) return found
  const all = tables.map(
    (table) => sql`
      select ${table} as "table", t.id, ${sql.ref(table === 'person' ? 't.id' : 't.person_id')} as person,
             t.import_run_id, t.recorded_at, to_jsonb(t) as values
        from ${sql.table(table)} t where ${sql.ref(table === 'person' ? 't.id' : 't.person_id')} = any (${people}::uuid[])`,
  )
  const { rows } = await sql<HeldRow>`
    select f."table", f.id, f.person, f.values,
           f.import_run_id is null or f.recorded_at > coalesce(r.entered_at, 'infinity') as by_hand
      from (${sql.join(all, sql` union all `)}) f
      left join importing.run r on r.id = f.import_run_id`.execute(trx)
  const said = await statements(trx, people)
  for (const { table, id, person, by_hand: byHand, values } of rows) {
    const column = columns.keyOf(table)
    const key = column === null ? '' : String(values[column] ?? `written here ${id}`)
    const list = found.get(person)
    const one: Held = { id, table, key, values, byHand, statements: said.get(id) ?? [] }
    if (list) list.push(one)
    else found.set(person, [one])
  }
  return found
}

/** What files said of these people, by fact. Rows as they are: gathering them per fact costs less here than there. */
async function statements(trx: Transaction, people: readonly string[]): Promise<Map<string, Statement[]>> {
  const { rows } = await sql<Statement & { fact: string }>`
    select s.fact_id as fact, s.source, s.period,
           coalesce(nullif(s.period, ''), to_char(r.asked_at + interval '9 months', 'YYYY')) as rank,
           '\\x' || encode(s.digest, 'hex') as digest
      from importing.statement s join importing.run r on r.id = s.run_id
     where s.person_id = any (${people}::uuid[])`.execute(trx)
  const said = new Map<string, Statement[]>()
  for (const { fact, ...statement } of rows) {
    const list = said.get(fact)
    if (list) list.push(statement)
    else said.set(fact, [statement])
  }
  return said
}

/** What the database said of a row it refused. */
export interface Refused {
  state: string
  constraint: string | null
}

/**
 * Enters rows that all fill the same columns, at once; where the record refuses one of them, all but those it refuses.
 * @returns by place, the rows that were refused
 */
export async function enterRows(
  trx: Transaction,
  what: 'insert' | 'update' | 'delete',
  table: string,
  rows: readonly Readonly<Record<string, Value>>[],
): Promise<Map<number, Refused>> {
  const refused = new Map<number, Refused>()
  if (rows.length === 0) return refused
  const names = Object.keys(rows[0]!).filter(
    (name) => what === 'insert' || (name !== 'id' && name !== 'person_id'),
  )
  const { rows: answers } = await sql<{ place: number; state: string; refused_by: string | null }>`
    select * from importing.enter_sifting(${what}, ${table}, ${names}::name[], ${JSON.stringify(rows)}::json)`.execute(
    trx,
  )
  for (const { place, state, refused_by } of answers)
    refused.set(place - 1, { state, constraint: refused_by || null })
  return refused
}

/** Takes back what this return said of these facts. */
export async function forget(
  trx: Transaction,
  { source, period }: Standing,
  facts: readonly string[],
): Promise<void> {
  await sql`delete from importing.statement s
             where s.source = ${source} and s.period = ${period} and s.fact_id = any (${facts}::uuid[])`.execute(
    trx,
  )
}

/** Notes that this return says these facts. */
export async function state(
  trx: Transaction,
  { source, period }: Standing,
  run: string,
  said: readonly { person_id: string; fact_id: string; digest: string }[],
): Promise<void> {
  if (said.length === 0) return
  await sql`
    insert into importing.statement (fact_id, person_id, source, period, run_id, digest)
    select s.fact_id, s.person_id, ${source}, ${period}, ${run}::uuid, s.digest
      from json_populate_recordset(null::importing.statement, ${JSON.stringify(said)}::json) s
    on conflict (fact_id, source, period)
    do update set run_id = excluded.run_id, digest = excluded.digest`.execute(trx)
}

/**
 * Keeps what could not be entered. A problem that is known stays as it was decided; what a newer file of the same
 * return no longer says is marked replaced.
 * @returns those that are open
 */
export async function keepProblems(
  trx: Transaction,
  run: string,
  { source, period, addsOnly }: Standing,
  children: readonly string[],
  found: readonly ToKeep[],
): Promise<ToKeep[]> {
  const problems = joined(found)
  const digests = problems.map(({ digest }) => digest)
  if (!addsOnly && children.length > 0) {
    await sql`
      update importing.problem p set state = 'replaced', decided_at = clock_timestamp()
       where p.source = ${source} and p.period = ${period} and p.child = any (${children}::text[]) and p.state = 'open'
         and p.digest <> all (${digests}::bytea[])`.execute(trx)
  }
  if (problems.length === 0) return []
  const rows = problems.map(
    ({ child, personId, file, line, table, rows: kept, reason, digest, candidates }) => ({
      child,
      person_id: personId,
      file,
      line,
      table_name: table,
      rows: kept,
      reason,
      digest,
      candidates: candidates ?? null,
    }),
  )
  const { rows: kept } = await sql<{ digest: string }>`
    insert into importing.problem (run_id, source, period, file, line, child, person_id, table_name, rows, reason, digest, candidates)
    select ${run}::uuid, ${source}, ${period}, s.file, s.line, s.child, s.person_id, s.table_name, s.rows, s.reason, s.digest, s.candidates
      from jsonb_populate_recordset(null::importing.problem, ${JSON.stringify(rows)}::jsonb) s
    on conflict (source, period, digest) do update
      set state = case when problem.state = 'replaced' then 'open' else problem.state end,
          reason = excluded.reason, person_id = coalesce(problem.person_id, excluded.person_id), candidates = excluded.candidates
    returning case when state in ('open', 'retrying') then '\\x' || encode(digest, 'hex') end as digest`.execute(
    trx,
  )
  const open = new Set(kept.map(({ digest }) => digest))
  return problems.filter(({ digest }) => open.has(digest))
}

/** Works out what follows from the facts, once for the whole import: periods of care, and the cards of lists. */
export async function settle(trx: Transaction, people: readonly string[], care: boolean): Promise<void> {
  for (let at = 0; at < people.length; at += 2000) {
    const some = people.slice(at, at + 2000)
    if (care) await sql`select record.derive_care(${some}::uuid[])`.execute(trx)
    await sql`select record.refresh_index_cards(${some}::uuid[])`.execute(trx)
  }
}

/** How many people this return had told of before. */
export async function countBefore(trx: Transaction, { source, period }: Standing): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct person_id) as count from importing.statement
     where source = ${source} and period = ${period}`.execute(trx)
  return rows[0]!.count
}

// ---- Runs ------------------------------------------------------------------------------------------------------

export interface RunRow {
  id: string
  source: Source
  period: string
  files: string[]
  made_at: Date | null
  state: 'waiting' | 'reading' | 'entering' | 'finished' | 'unusable' | 'failed'
  asked_by: string | null
  asked_at: Date
  started_at: Date | null
  finished_at: Date | null
  children: number | null
  done: number
  created: number
  updated: number
  unchanged: number
  withdrawn: number
  absent: number
  problems: number
  by_table: Record<string, { created: number; updated: number; unchanged: number; withdrawn: number }>
  warnings: { file: string; line: number | null; what: string }[]
  says: string | null
  of_problem: string | null
}

export async function findRun(db: Connection, id: string): Promise<RunRow | undefined> {
  const { rows } = await sql<RunRow>`select * from importing.run where id = ${id}::uuid`.execute(db)
  return rows[0]
}

/** A run that no page asked for: of the command line. */
export async function addRun(
  db: Connection,
  run: { source: Source; period: string; files: readonly string[] },
): Promise<RunRow> {
  const { rows } = await sql<RunRow>`
    insert into importing.run (source, period, files)
    values (${run.source}, ${run.period}, ${run.files}::text[]) returning *`.execute(db)
  return rows[0]!
}

/** The run under which a problem put right is entered; it stands in no list. */
export async function addMending(
  trx: Transaction,
  problem: { id: string; source: Source; period: string; file: string; decided_by: string | null },
): Promise<RunRow> {
  const { rows } = await sql<RunRow>`
    insert into importing.run (source, period, files, asked_by, state, entered_at, finished_at, of_problem)
    values (${problem.source}, ${problem.period}, array[${problem.file}], ${problem.decided_by}, 'finished',
            transaction_timestamp(), clock_timestamp(), ${problem.id}::uuid) returning *`.execute(trx)
  return rows[0]!
}

type Noted = Partial<
  Pick<RunRow, 'period' | 'made_at' | 'state' | 'children' | 'done' | 'says' | 'started_at' | 'finished_at'>
>

/** Notes where a run stands, from outside the transaction that enters. */
export async function noteRun(db: Connection, id: string, noted: Noted): Promise<void> {
  const setting = Object.entries(noted).map(([column, value]) => sql`${sql.ref(column)} = ${value}`)
  await sql`update importing.run set ${sql.join(setting)} where id = ${id}::uuid`.execute(db)
}

/** The end of a run, in the transaction that entered its facts: both are there or neither is. */
export async function finishRun(
  trx: Transaction,
  id: string,
  came: Pick<
    RunRow,
    | 'created'
    | 'updated'
    | 'unchanged'
    | 'withdrawn'
    | 'absent'
    | 'problems'
    | 'by_table'
    | 'warnings'
    | 'children'
  >,
): Promise<void> {
  await sql`
    update importing.run set state = 'finished', entered_at = transaction_timestamp(), finished_at = clock_timestamp(),
           created = ${came.created}, updated = ${came.updated}, unchanged = ${came.unchanged}, withdrawn = ${came.withdrawn},
           absent = ${came.absent}, problems = ${came.problems}, children = ${came.children}, done = ${came.children},
           by_table = ${JSON.stringify(came.by_table)}::jsonb, warnings = ${JSON.stringify(came.warnings)}::jsonb
     where id = ${id}::uuid`.execute(trx)
}

/** The newest moment at which a file of this return was made, among those that were entered. */
export async function newestMade(db: Connection, source: Source, period: string): Promise<Date | null> {
  const { rows } = await sql<{ made_at: Date | null }>`
    select max(made_at) as made_at from importing.run
     where source = ${source} and period = ${period} and state = 'finished'`.execute(db)
  return rows[0]!.made_at
}
