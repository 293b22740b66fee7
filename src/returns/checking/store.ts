import { type Transaction as KyselyTransaction, sql } from 'kysely'
import type { Connection } from '../../database/connection.ts'
import type { Warning } from '../reading/warnings.ts'
import type { Place } from '../rules/check-child.ts'
import type { NotRun } from '../rules/plan.ts'
import type { ReturnName } from '../rules/registered.ts'
import type { Finding } from './found.ts'
import type { ShownChild, ShownRow } from './shown-rows.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
export type Transaction = KyselyTransaction<any>

export type CheckState = 'waiting' | 'checking' | 'finished' | 'unusable' | 'failed'

/** A rule that ran: what it says and how often it found something. */
export interface RuleCount {
  code: string
  kind: 'error' | 'query'
  message: string
  count: number
}

/** A check of an uploaded return. */
export interface CheckRun {
  id: string
  account_id: string
  return: ReturnName
  files: string[]
  previous: string[]
  lists: string[]
  authority: string | null
  year: string | null
  ruleset: string | null
  state: CheckState
  asked_at: Date
  finished_at: Date | null
  progress: number
  children: number
  findings: number
  /** Findings that can be looked at here; all are counted. */
  kept: number
  children_found: number
  rules: RuleCount[]
  not_run: NotRun[]
  warnings: Warning[]
  says: string | null
}

export interface AskedCheck {
  return: ReturnName
  files: string[]
  previous: string[]
  lists: string[]
  authority: string | null
  year: string | null
}

/** Asks for a check as the account of a session, on the trail; a job does it. */
export async function askCheck(trx: Transaction, secret: string, asked: AskedCheck): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select returns.ask_check(${secret}, ${JSON.stringify(asked)}::jsonb) as id`.execute(trx)
  return rows[0]!.id
}

export const enqueueCheck = (trx: Transaction, id: string) =>
  sql`select jobs.enqueue('return-check', ${id}::uuid)`.execute(trx)

export async function findCheck(db: Connection | Transaction, id: string): Promise<CheckRun | undefined> {
  const { rows } = await sql<CheckRun>`select * from returns.check_run where id = ${id}::uuid`.execute(db)
  return rows[0]
}

export async function listChecks(trx: Transaction): Promise<CheckRun[]> {
  const { rows } = await sql<CheckRun>`
    select * from returns.check_run order by asked_at desc limit 100`.execute(trx)
  return rows
}

// ---- What the job writes -----------------------------------------------------------------------------------------

type Noted = Partial<Pick<CheckRun, 'state' | 'progress' | 'says' | 'finished_at'>>

/** Notes where a check stands, from outside the transaction that keeps what was found. */
export async function noteCheck(db: Connection, id: string, noted: Noted): Promise<void> {
  const setting = Object.entries(noted).map(([column, value]) => sql`${sql.ref(column)} = ${value}`)
  await sql`update returns.check_run set ${sql.join(setting)} where id = ${id}::uuid`.execute(db)
}

export const emptyCheck = (trx: Transaction, run: string) =>
  sql`select returns.empty_check(${run}::uuid)`.execute(trx)

export interface ChildCount {
  place: number
  child: string | null
  errors: number
  queries: number
}

export async function addChildren(
  trx: Transaction,
  run: string,
  children: readonly ChildCount[],
): Promise<void> {
  await sql`
    insert into returns.check_child (run_id, place, child, errors, queries)
    select ${run}::uuid, c.place, c.child, c.errors, c.queries
      from jsonb_to_recordset(${JSON.stringify(children)}::jsonb) as c (place integer, child text, errors integer, queries integer)`.execute(
    trx,
  )
}

export async function addFindings(
  trx: Transaction,
  run: string,
  findings: readonly (Finding & { place: number; childPlace: number })[],
): Promise<void> {
  const rows = findings.map(({ place, childPlace, rule, kind, places }) => ({
    ...{ place, child_place: childPlace, rule, kind, places },
    tables: [...new Set(places.map(({ table }) => table))],
  }))
  await sql`
    insert into returns.check_finding (run_id, place, child_place, rule, kind, places, tables)
    select ${run}::uuid, f.place, f.child_place, f.rule, f.kind, f.places, array(select jsonb_array_elements_text(f.tables))
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as f (place integer, child_place integer, rule text, kind text, places jsonb, tables jsonb)`.execute(
    trx,
  )
}

export async function addRows(
  trx: Transaction,
  run: string,
  children: readonly (ShownChild & { place: number })[],
): Promise<void> {
  const rows = children.map(({ place, rows: of }) => ({ place, rows: of }))
  await sql`
    update returns.check_child k set rows = k.rows || c.rows
      from (select place, jsonb_path_query_array(jsonb_agg(rows), '$[*][*]') as rows
              from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (place integer, rows jsonb) group by place) as c
     where k.run_id = ${run}::uuid and k.place = c.place`.execute(trx)
}

/** Whose the children are, where exactly one open record has their number. Inside a run. */
export async function addTeams(trx: Transaction, run: string): Promise<void> {
  await sql`
    update returns.check_child k set team_id = known.team_id
      from (
        select c.place, (array_agg(card.team_id))[1] as team_id
          from returns.check_child c
          join person_identifier i on i.value = c.child and i.kind in ('la-child-id', 'ssda903-child-id') and i.source_authority is null
          join index_card card on card.person_id = i.person_id and card.restriction < 2
         where c.run_id = ${run}::uuid
         group by c.place having count(distinct card.person_id) = 1
      ) as known
     where k.run_id = ${run}::uuid and k.place = known.place`.execute(trx)
}

type Outcome = Pick<
  CheckRun,
  'year' | 'ruleset' | 'children' | 'findings' | 'kept' | 'children_found' | 'rules' | 'not_run' | 'warnings'
>

export async function finishCheck(trx: Transaction, id: string, came: Outcome): Promise<void> {
  await sql`
    update returns.check_run set state = 'finished', finished_at = clock_timestamp(), progress = 100, says = null,
           year = ${came.year}, ruleset = ${came.ruleset}, children = ${came.children}, findings = ${came.findings},
           kept = ${came.kept}, children_found = ${came.children_found}, rules = ${JSON.stringify(came.rules)}::jsonb,
           not_run = ${JSON.stringify(came.not_run)}::jsonb, warnings = ${JSON.stringify(came.warnings)}::jsonb
     where id = ${id}::uuid`.execute(trx)
}

/** @returns how many checks were cleared away */
export async function clearChecks(db: Connection, hours: number): Promise<number> {
  const { rows } = await sql<{ cleared: number }>`select returns.clear_checks(${hours}) as cleared`.execute(
    db,
  )
  return rows[0]!.cleared
}

// ---- What the pages read -----------------------------------------------------------------------------------------

export interface Chosen {
  rule?: string | undefined
  kind?: 'error' | 'query' | undefined
  table?: string | undefined
  ticked?: 'yes' | 'no' | undefined
  /** The id of a team, or `none`. */
  team?: string | undefined
}

export interface FoundRow {
  place: number
  child_place: number
  child: string | null
  rule: string
  kind: 'error' | 'query'
  places: Place[]
  ticked_at: Date | null
  team: string | null
}

const matching = (run: string, { rule, kind, table, ticked, team }: Chosen) => sql`
  f.run_id = ${run}::uuid
  ${rule ? sql`and f.rule = ${rule}` : sql``}
  ${kind ? sql`and f.kind = ${kind}` : sql``}
  ${table ? sql`and ${table} = any (f.tables)` : sql``}
  ${ticked === 'yes' ? sql`and f.ticked_at is not null` : ticked === 'no' ? sql`and f.ticked_at is null` : sql``}
  ${team === 'none' ? sql`and c.team_id is null` : team ? sql`and c.team_id = ${team}::uuid` : sql``}`

const found = sql`returns.check_finding f
      join returns.check_child c on c.run_id = f.run_id and c.place = f.child_place
      left join access.team t on t.id = c.team_id`

export async function findingsOf(
  trx: Transaction,
  run: string,
  chosen: Chosen,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ findings: FoundRow[]; total: number }> {
  const { rows: findings } = await sql<FoundRow>`
    select f.place, f.child_place, c.child, f.rule, f.kind, f.places, f.ticked_at, t.name as team
      from ${found} where ${matching(run, chosen)} order by f.place limit ${limit} offset ${offset}`.execute(
    trx,
  )
  const { rows } = await sql<{ total: number }>`
    select count(*)::integer as total from ${found} where ${matching(run, chosen)}`.execute(trx)
  return { findings, total: rows[0]!.total }
}

/** All findings that are chosen, some thousands at a time. */
export async function* allFindings(
  trx: Transaction,
  run: string,
  chosen: Chosen,
): AsyncGenerator<FoundRow[]> {
  for (let after = 0; ; ) {
    const { rows } = await sql<FoundRow>`
      select f.place, f.child_place, c.child, f.rule, f.kind, f.places, f.ticked_at, t.name as team
        from ${found} where ${matching(run, chosen)} and f.place > ${after} order by f.place limit 5000`.execute(
      trx,
    )
    if (rows.length === 0) return
    yield rows
    after = rows[rows.length - 1]!.place
  }
}

export interface ChildRow extends ChildCount {
  team: string | null
  ticked: number
}

/** Children by what was found of them, most first. */
export async function childrenOf(
  trx: Transaction,
  run: string,
  { limit, offset }: { limit: number; offset: number },
): Promise<ChildRow[]> {
  const { rows } = await sql<ChildRow>`
    select c.place, c.child, c.errors, c.queries, t.name as team,
           (select count(*)::integer from returns.check_finding f
             where f.run_id = c.run_id and f.child_place = c.place and f.ticked_at is not null) as ticked
      from returns.check_child c left join access.team t on t.id = c.team_id
     where c.run_id = ${run}::uuid
     order by c.errors + c.queries desc, c.place limit ${limit} offset ${offset}`.execute(trx)
  return rows
}

export interface TeamCount {
  team_id: string | null
  team: string | null
  children: number
  findings: number
}

export async function teamsOf(trx: Transaction, run: string): Promise<TeamCount[]> {
  const { rows } = await sql<TeamCount>`
    select c.team_id, t.name as team, count(*)::integer as children, sum(c.errors + c.queries)::integer as findings
      from returns.check_child c left join access.team t on t.id = c.team_id
     where c.run_id = ${run}::uuid group by c.team_id, t.name order by t.name nulls last`.execute(trx)
  return rows
}

/** How many findings of each rule are ticked off. */
export async function tickedByRule(trx: Transaction, run: string): Promise<Map<string, number>> {
  const { rows } = await sql<{ rule: string; ticked: number }>`
    select rule, count(*)::integer as ticked from returns.check_finding
     where run_id = ${run}::uuid and ticked_at is not null group by rule`.execute(trx)
  return new Map(rows.map(({ rule, ticked }) => [rule, ticked]))
}

export async function childOf(
  trx: Transaction,
  run: string,
  place: number,
): Promise<(ChildRow & { rows: ShownRow[] }) | undefined> {
  const { rows } = await sql<ChildRow & { rows: ShownRow[] }>`
    select c.place, c.child, c.errors, c.queries, c.rows, t.name as team, 0 as ticked
      from returns.check_child c left join access.team t on t.id = c.team_id
     where c.run_id = ${run}::uuid and c.place = ${place}`.execute(trx)
  return rows[0]
}

export async function findingsOfChild(trx: Transaction, run: string, place: number): Promise<FoundRow[]> {
  const { rows } = await sql<FoundRow>`
    select f.place, f.child_place, c.child, f.rule, f.kind, f.places, f.ticked_at, null as team
      from returns.check_finding f join returns.check_child c on c.run_id = f.run_id and c.place = f.child_place
     where f.run_id = ${run}::uuid and f.child_place = ${place} order by f.place`.execute(trx)
  return rows
}

/** Ticks these findings off, and takes the tick off those that were shown and are not among them. */
export async function tick(
  trx: Transaction,
  run: string,
  shown: readonly number[],
  ticked: readonly number[],
): Promise<void> {
  await sql`
    update returns.check_finding set ticked_at = case when place = any (${ticked}::integer[]) then coalesce(ticked_at, clock_timestamp()) end
     where run_id = ${run}::uuid and place = any (${shown}::integer[])
       and (ticked_at is not null) <> (place = any (${ticked}::integer[]))`.execute(trx)
}

export async function dismissCheck(trx: Transaction, secret: string, id: string): Promise<boolean> {
  const { rows } = await sql<{ gone: boolean }>`
    select returns.dismiss_check(${secret}, ${id}::uuid) as gone`.execute(trx)
  return rows[0]!.gone
}

/** On the trail before the first line leaves. @throws Refusal when the proof of who sits there is old */
export async function noteDownload(
  db: Connection,
  secret: string,
  id: string,
  form: 'csv' | 'xlsx',
  correlation: string,
): Promise<void> {
  await sql`select returns.note_check_download(${secret}, ${id}::uuid, ${form}, ${correlation})`.execute(db)
}
