import { sql } from 'kysely'
import { reading } from '../access/reading.ts'
import type { Connection } from '../database/connection.ts'
import { cardsOf, type IndexCard } from '../people/index-store.ts'
import type { Session } from '../web/session.ts'
import type { Load, Source } from './model.ts'
import type { KeptRow } from './problems.ts'
import type { Transaction } from './store.ts'

export const problemStates = ['open', 'retrying', 'mended', 'dismissed', 'replaced'] as const
export type ProblemState = (typeof problemStates)[number]

export interface ProblemRow {
  id: string
  run_id: string
  /** A load asks only who people are. */
  source: Source | Extract<Load, 'ssd'>
  /** The year of a return; of a load, the system the files came from. */
  period: string
  file: string
  line: number | null
  child: string | null
  person_id: string | null
  table_name: string
  rows: KeptRow[]
  reason: string
  state: ProblemState
  found_at: Date
  decided_at: Date | null
  decider: string | null
  words: string | null
  /** Who it may be, where a person has to decide that. */
  candidates: string[] | null
}

export interface Wanted {
  state?: ProblemState | undefined
  source?: ProblemRow['source'] | undefined
  table?: string | undefined
  child?: string | undefined
  run?: string | undefined
  sort?: 'found' | 'child' | 'table' | 'line'
  descending?: boolean
  limit: number
  offset: number
}

const columns = sql`p.id, p.run_id, p.source, p.period, p.file, p.line, p.child, p.person_id, p.table_name, p.rows, p.reason,
  p.state, p.found_at, p.decided_at, a.display_name as decider, p.words, p.candidates`
const from = sql`importing.problem p left join access.account a on a.id = p.decided_by`

/**
 * Does reading in the analyst's workspace: its opening is on the trail before the first row, and whoever was shown is
 * noted before the page leaves.
 */
export async function inWorkspace<T>(
  db: Connection,
  session: Session,
  correlation: string,
  work: (trx: Transaction) => Promise<{ result: T; shown: readonly (string | null)[] }>,
): Promise<T> {
  await sql`select importing.open_workspace(${session.secret}, ${correlation})`.execute(db)
  const { result, shown } = await reading(db, session, work)
  const people = [...new Set(shown.filter((one) => one !== null))]
  if (people.length > 0)
    await sql`select access.note_shown(${session.secret}, 'import-problems', ${people}::uuid[], ${correlation})`.execute(
      db,
    )
  return result
}

export async function listProblems(
  trx: Transaction,
  wanted: Wanted,
): Promise<{ problems: ProblemRow[]; total: number; tables: string[] }> {
  const where = sql`where (${wanted.state ?? null}::text is null or p.state = ${wanted.state ?? null})
    and (${wanted.source ?? null}::text is null or p.source = ${wanted.source ?? null})
    and (${wanted.table ?? null}::text is null or p.table_name = ${wanted.table ?? null})
    and (${wanted.child ?? null}::text is null or p.child = ${wanted.child ?? null})
    and (${wanted.run ?? null}::uuid is null or p.run_id = ${wanted.run ?? null}::uuid)`
  const orders = {
    found: sql`p.found_at`,
    child: sql`p.child`,
    table: sql`p.table_name`,
    line: sql`p.file`,
  }
  const way = wanted.descending ? sql`desc` : sql`asc`
  const { rows: problems } = await sql<ProblemRow>`
    select ${columns} from ${from} ${where}
     order by ${orders[wanted.sort ?? 'found']} ${way} nulls last, p.file, p.line nulls last, p.id
     limit ${wanted.limit} offset ${wanted.offset}`.execute(trx)
  const { rows: counted } = await sql<{ total: number }>`
    select count(*) as total from importing.problem p ${where}`.execute(trx)
  const { rows: tables } = await sql<{ name: string }>`
    select distinct table_name as name from importing.problem order by 1`.execute(trx)
  return { problems, total: counted[0]!.total, tables: tables.map(({ name }) => name) }
}

export async function findProblem(trx: Transaction, id: string): Promise<ProblemRow | undefined> {
  const { rows } = await sql<ProblemRow>`select ${columns} from ${from} where p.id = ${id}::uuid`.execute(trx)
  return rows[0]
}

/** Has a problem tried again with these rows. @returns false when somebody decided it meanwhile */
export async function putRight(
  trx: Transaction,
  session: Session,
  id: string,
  rows: readonly KeptRow[],
): Promise<boolean> {
  const { rows: answer } = await sql<{ done: boolean }>`
    select importing.put_right(${session.secret}, ${id}::uuid, ${JSON.stringify(rows)}::jsonb) as done`.execute(
    trx,
  )
  if (answer[0]!.done) await sql`select jobs.enqueue('import-problem', ${id}::uuid)`.execute(trx)
  return answer[0]!.done
}

export async function dismiss(
  trx: Transaction,
  session: Session,
  id: string,
  words: string,
): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select importing.dismiss(${session.secret}, ${id}::uuid, ${words}) as done`.execute(trx)
  return rows[0]!.done
}

/** Opens and reads the cards of those a problem's person may be: on the trail before the first is read. */
export async function candidatesOf(
  db: Connection,
  session: Session,
  problem: string,
  correlation: string,
): Promise<IndexCard[]> {
  const { rows } = await sql<{ people: string[] }>`
    select importing.open_candidates(${session.secret}, ${problem}::uuid, ${correlation}) as people`.execute(
    db,
  )
  return reading(db, session, (trx) => cardsOf(trx, rows[0]!.people))
}

/**
 * Says who the person of a problem is, and has all that waits for it tried again: their own row first. What waits for a
 * load the next load takes.
 * @param person one of the candidates; null for none of them
 * @returns false when somebody decided it meanwhile
 */
export async function decideWho(
  trx: Transaction,
  session: Session,
  { id, source }: Pick<ProblemRow, 'id' | 'source'>,
  person: string | null,
): Promise<boolean> {
  const { rows } = await sql<{ waiting: string[] }>`
    select importing.decide_identity(${session.secret}, ${id}::uuid, ${person}::uuid) as waiting`.execute(trx)
  const { waiting } = rows[0]!
  // What ties somebody to others needs them in the record: it is tried a little later.
  for (const [place, one] of source === 'ssd' ? [] : waiting.entries())
    await sql`select jobs.enqueue('import-problem', ${one}::uuid, now() + make_interval(secs => ${place * 5}))`.execute(
      trx,
    )
  return waiting.length > 0
}
