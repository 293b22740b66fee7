import { sql } from 'kysely'
import type { Connection } from '../database/connection.ts'
import type { Session } from '../web/session.ts'
import type { Decision, Kind, PartName, Signer } from './reconciliation-model.ts'
import type { RunRow, Transaction } from './store.ts'

/** A calculation of one part. */
export interface Reconciled {
  id: string
  run_id: string
  part: PartName
  period: string
  files: string[]
  state: 'waiting' | 'working' | 'finished' | 'unusable' | 'failed'
  asked_by: string | null
  asked_name: string | null
  asked_at: Date
  finished_at: Date | null
  says: string | null
}

export interface Line {
  reconciled_id: string
  place: number
  subject: string
  field: string
  code: string
  read: number
  loaded: number
  warned: number
  held: number
  ours: number
}

export interface DifferenceRow {
  id: string
  reconciled_id: string
  run_id: string
  part: PartName
  subject: string
  kind: Kind
  field: string
  rows: number
  children: number
  decision: Decision | null
  words: string | null
  decided_name: string | null
  decided_at: Date | null
}

export interface DifferingRow {
  child: string | null
  person_id: string | null
  row_key: string | null
  file: string | null
  line: number | null
  theirs: string | null
  ours: string | null
}

export interface Signature {
  role: Signer
  name: string
  account_id: string
  signed_at: Date
  /** Whether what was signed is what stands there now. */
  current: boolean
}

/** A load as the list of reconciliations has it. */
export interface ReconciledLoad {
  id: string
  system: string
  entered_at: Date
  calculated: number
  undecided: number
  signed: number
  superseded: boolean
}

const asked = sql`select r.*, a.display_name as asked_name from importing.reconciled r left join access.account a on a.id = r.asked_by`

export async function findReconciled(db: Connection, id: string): Promise<Reconciled | undefined> {
  const { rows } = await sql<Reconciled>`${asked} where r.id = ${id}::uuid`.execute(db)
  return rows[0]
}

/** Of each part what was asked for last, and the last that is finished. */
export async function partsOf(
  db: Connection | Transaction,
  run: string,
): Promise<{ asked: Reconciled[]; current: Reconciled[] }> {
  const { rows } = await sql<Reconciled & { latest: boolean; current: boolean }>`
    select r.*, r.id = (select id from importing.reconciled l where l.run_id = r.run_id and l.part = r.part order by asked_at desc limit 1) as latest,
           r.id = any (importing.current_parts(r.run_id)) as current
      from (${asked}) r where r.run_id = ${run}::uuid order by r.part, r.asked_at`.execute(db)
  return { asked: rows.filter(({ latest }) => latest), current: rows.filter(({ current }) => current) }
}

export async function linesOf(db: Connection | Transaction, reconciled: readonly string[]): Promise<Line[]> {
  const { rows } = await sql<Line>`
    select * from importing.reconciled_line where reconciled_id = any (${reconciled}::uuid[])
     order by reconciled_id, place, subject, field, code`.execute(db)
  return rows
}

const differences = sql`
  select d.*, r.run_id, r.part, a.display_name as decided_name
    from importing.reconciled_difference d join importing.reconciled r on r.id = d.reconciled_id
    left join access.account a on a.id = d.decided_by`

export async function differencesOf(
  db: Connection | Transaction,
  reconciled: readonly string[],
): Promise<DifferenceRow[]> {
  const { rows } = await sql<DifferenceRow>`
    ${differences} where r.id = any (${reconciled}::uuid[]) order by r.part <> 'tables', r.part, d.place, d.subject, d.kind, d.field`.execute(
    db,
  )
  return rows
}

export async function findDifference(
  db: Connection | Transaction,
  id: string,
): Promise<DifferenceRow | undefined> {
  const { rows } = await sql<DifferenceRow>`${differences} where d.id = ${id}::uuid`.execute(db)
  return rows[0]
}

export async function rowsOfDifference(
  trx: Transaction,
  { reconciled_id, subject, kind, field }: DifferenceRow,
  limit: number,
  offset: number,
): Promise<DifferingRow[]> {
  const { rows } = await sql<DifferingRow>`
    select child, person_id, row_key, file, line, theirs, ours from importing.reconciled_row
     where reconciled_id = ${reconciled_id}::uuid and subject = ${subject} and kind = ${kind} and field = ${field}
     order by file, line, child, row_key limit ${limit} offset ${offset}`.execute(trx)
  return rows
}

export async function signaturesOf(db: Connection | Transaction, run: string): Promise<Signature[]> {
  const { rows } = await sql<Signature>`
    select s.role, s.account_id, s.signed_at, a.display_name as name,
           s.parts = importing.current_parts(s.run_id) and importing.load_after(s.run_id) is null as current
      from importing.reconciliation_signature s join access.account a on a.id = s.account_id
     where s.run_id = ${run}::uuid order by s.signed_at`.execute(db)
  return rows
}

/** The load that made this one's reconciliation void. */
export async function loadAfter(db: Connection | Transaction, run: string): Promise<RunRow | undefined> {
  const { rows } = await sql<RunRow>`
    select * from importing.run where id = importing.load_after(${run}::uuid)`.execute(db)
  return rows[0]
}

export async function reconciledLoads(db: Connection): Promise<ReconciledLoad[]> {
  const { rows } = await sql<ReconciledLoad>`
    select r.id, r.system, r.entered_at, cardinality(p.parts) as calculated,
           (select count(*) from importing.reconciled_difference d where d.reconciled_id = any (p.parts) and d.decision is distinct from 'explained') as undecided,
           (select count(*) from importing.reconciliation_signature s where s.run_id = r.id and s.parts = p.parts) as signed,
           importing.load_after(r.id) is not null as superseded
      from importing.run r cross join lateral (select importing.current_parts(r.id) as parts) p
     where r.source = 'ssd' and r.state = 'finished' order by r.entered_at desc limit 100`.execute(db)
  return rows
}

// ---- What people do ------------------------------------------------------------------------------------------------

export async function askReconciliation(
  trx: Transaction,
  { secret }: Session,
  ask: { run: string; part: PartName; period?: string; files?: readonly string[] },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select importing.ask_reconciliation(${secret}, ${ask.run}::uuid, ${ask.part}, ${ask.period ?? ''}, ${ask.files ?? []}::text[]) as id`.execute(
    trx,
  )
  const { id } = rows[0]!
  await sql`select jobs.enqueue('reconciliation', ${id}::uuid)`.execute(trx)
  return id
}

/** @returns false when another calculation has taken its place */
export async function decideDifference(
  trx: Transaction,
  { secret }: Session,
  difference: string,
  decision: Decision,
  words: string,
): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select importing.decide_difference(${secret}, ${difference}::uuid, ${decision}, ${words}) as done`.execute(
    trx,
  )
  return rows[0]!.done
}

export type Refused = 'later-load' | 'not-all' | 'calculated-anew' | 'undecided' | 'signed-already'

/** @returns what keeps it from being signed; null when it is signed */
export async function signReconciliation(
  trx: Transaction,
  { secret }: Session,
  run: string,
  role: Signer,
  shown: readonly string[],
): Promise<Refused | null> {
  const { rows } = await sql<{ refused: Refused | null }>`
    select importing.sign_reconciliation(${secret}, ${run}::uuid, ${role}, ${shown}::uuid[]) as refused`.execute(
    trx,
  )
  return rows[0]!.refused
}

// ---- What the job writes -------------------------------------------------------------------------------------------

/** One that no page asked for: of the command line. */
export async function addReconciled(
  db: Connection,
  {
    run,
    part,
    period = '',
    files = [],
  }: { run: string; part: PartName; period?: string; files?: readonly string[] },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into importing.reconciled (run_id, part, period, files)
    values (${run}::uuid, ${part}, ${period}, ${files}::text[]) returning id`.execute(db)
  return rows[0]!.id
}

/** The load of this system that came last, or of any. */
export async function lastLoad(db: Connection, system?: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from importing.run where source = 'ssd' and state = 'finished' and (${system ?? null}::text is null or system = ${system ?? null})
     order by entered_at desc limit 1`.execute(db)
  return rows[0]?.id
}

type Noted = Partial<Pick<Reconciled, 'state' | 'says' | 'finished_at' | 'period'> & { trailed_as: string }>

export async function noteReconciled(db: Connection | Transaction, id: string, noted: Noted): Promise<void> {
  const setting = Object.entries(noted).map(([column, value]) => sql`${sql.ref(column)} = ${value}`)
  await sql`update importing.reconciled set ${sql.join(setting)} where id = ${id}::uuid`.execute(db)
}

/** Takes away what an attempt that was interrupted may have left. */
export async function emptyReconciled(trx: Transaction, id: string): Promise<void> {
  for (const table of ['reconciled_line', 'reconciled_difference', 'reconciled_row'])
    await sql`delete from ${sql.table(`importing.${table}`)} where reconciled_id = ${id}::uuid`.execute(trx)
}

/**
 * Gathers the rows that differ to differences. One that was explained before, of the same system and with the same rows,
 * stays explained; one that was said to be put right and is still there has to be looked at again.
 * @param order subjects in the order of the page
 */
export async function gatherDifferences(
  trx: Transaction,
  id: string,
  order: readonly string[],
): Promise<void> {
  await sql`
    insert into importing.reconciled_difference (reconciled_id, place, subject, kind, field, rows, children, digest)
    select reconciled_id, coalesce(array_position(${order}::text[], subject), 1000), subject, kind, field, count(*), count(distinct child),
           sha256(convert_to(string_agg(concat_ws('|', child, row_key, theirs, ours), E'\\n' order by child, row_key, theirs, ours), 'UTF8'))
      from importing.reconciled_row where reconciled_id = ${id}::uuid group by reconciled_id, subject, kind, field`.execute(
    trx,
  )
  await sql`
    update importing.reconciled_difference d set decision = e.decision, words = e.words, decided_by = e.decided_by, decided_at = e.decided_at
      from (select distinct on (o.subject, o.kind, o.field, o.digest) o.*
              from importing.reconciled this
              join importing.run load on load.id = this.run_id
              join importing.run before on before.system = load.system
              join importing.reconciled r on r.run_id = before.id and r.part = this.part
              join importing.reconciled_difference o on o.reconciled_id = r.id
             where this.id = ${id}::uuid and o.decision = 'explained'
             order by o.subject, o.kind, o.field, o.digest, o.decided_at desc) e
     where d.reconciled_id = ${id}::uuid and (d.subject, d.kind, d.field, d.digest) = (e.subject, e.kind, e.field, e.digest)`.execute(
    trx,
  )
}
