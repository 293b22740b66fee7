import { sql } from 'kysely'
import { endRun, inRun, openRun, type Servers } from '../../access/runs.ts'
import type { Connection } from '../../database/connection.ts'
import { dayOf } from '../../web/words.ts'
import { type Collection, collectionOn } from '../cin-census/collection.ts'
import { checkRecord } from './check-record.ts'
import { factPlaces } from './facts.ts'
import type { Finding } from './found.ts'
import { loadEngine } from './load.ts'
import type { CheckedPerson, RecordFinding } from './record-findings.ts'
import { addFindings, countAgain, findingsOn, keepFindings } from './record-findings.ts'
import { censusGroups, groupsOf } from './record-groups.ts'
import type { Transaction } from './store.ts'

const atATime = 100

/**
 * Checks one child by both returns of the year a day lies in, and keeps what was found.
 * @param db as the role for background work
 * @param person under any id; somebody of whom no return speaks has no findings
 */
export async function checkOne(db: Connection, person: string, now: Date): Promise<void> {
  const collection = collectionOn(dayOf(now))
  const run = await openRun(db, {
    purpose: `what the returns of ${collection.name} would say, after a change`,
    population: 'one child',
  })
  try {
    await inRun(db, run, async (trx) => {
      for (const one of await peopleOf(trx, { person }))
        await keepFindings(trx, collection.name, one, await findingsOn(trx, collection, one))
    })
  } finally {
    await endRun(db, run, 1)
  }
}

/**
 * Checks the whole record by both returns of the year a day lies in, and keeps what each child was found to have. All
 * children together say which have findings, and what is only seen across them; each of those is then looked at alone,
 * as the record is.
 * @param servers as the role for background work
 * @param signal ends it between two batches of children: what was kept stays, and the next time begins again
 * @returns how many children have findings
 */
export async function checkAll({ db, read }: Servers, now: Date, signal?: AbortSignal): Promise<number> {
  const collection = collectionOn(dayOf(now))
  const started = await databaseTime(db)
  const engine = await loadEngine()
  const found = new Map<string, (Finding & { return: 'cin-census' | 'ssda903' })[]>()
  for (const of of ['cin-census', 'ssda903'] as const) {
    signal?.throwIfAborted()
    const { findings } = await checkRecord(
      { db, read },
      { return: of, year: collection.name, lists: {} },
      engine,
    )
    for (const finding of findings) {
      if (finding.child === null) continue
      const list = found.get(finding.child) ?? []
      found.set(finding.child, list)
      list.push({ ...finding, return: of })
    }
  }
  const run = await openRun(db, {
    purpose: `what the returns of ${collection.name} would say, kept for each record`,
    population: 'children with findings',
  })
  const children = [...found.keys()]
  try {
    for (let i = 0; i < children.length; i += atATime) {
      signal?.throwIfAborted()
      await inRun(db, run, (trx) => keepEach(trx, collection, children.slice(i, i + atATime), found))
    }
    await inRun(db, run, (trx) => clearOthers(trx, collection.name, started))
  } finally {
    await endRun(db, run, children.length)
  }
  return children.length
}

async function keepEach(
  trx: Transaction,
  collection: Collection,
  children: readonly string[],
  found: ReadonlyMap<string, readonly (Finding & { return: 'cin-census' | 'ssda903' })[]>,
): Promise<void> {
  const year = collection.name
  for (const one of await peopleOf(trx, { children })) {
    const alone = await findingsOn(trx, collection, one)
    const known = new Set(alone.map((finding) => `${finding.return} ${finding.rule}`))
    const across = (found.get(one.child) ?? []).filter(
      (finding) => !known.has(`${finding.return} ${finding.rule}`),
    )
    await sql`
      delete from returns.record_finding where person_id = any (${[...one.people]}::uuid[])`.execute(trx)
    await keepFindings(trx, year, one, alone)
    await addFindings(
      trx,
      year,
      across.map((finding) => ({ ...acrossChildren(finding, year), subject: one.subject })),
    )
    await countAgain(trx, one.people)
  }
}

/** A finding that one child alone does not show: where it stands is known by its table only. */
const acrossChildren = (
  finding: Finding & { return: 'cin-census' | 'ssda903' },
  year: string,
): RecordFinding => ({
  return: finding.return,
  rule: finding.rule,
  kind: finding.kind,
  message: finding.message,
  across: true,
  groups:
    finding.return === 'cin-census'
      ? censusGroups
      : [...new Set(finding.places.flatMap(({ table }) => groupsOf(finding.return, table)))].sort(),
  places: factPlaces(finding.return, year, finding, []),
})

async function databaseTime(db: Connection): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db)
  return rows[0]!.now
}

/** Whoever had findings and was found to have none; a child looked at meanwhile has newer ones. */
async function clearOthers(trx: Transaction, year: string, started: Date): Promise<void> {
  await sql`delete from returns.record_finding where checked_at < ${started}`.execute(trx)
  await sql`delete from returns.record_count where checked_at < ${started}`.execute(trx)
  await sql`delete from returns.record_checked`.execute(trx)
  await sql`insert into returns.record_checked (collection, checked_at) values (${year}, clock_timestamp())`.execute(
    trx,
  )
}

async function peopleOf(
  trx: Transaction,
  { person, children }: { person?: string; children?: readonly string[] },
): Promise<CheckedPerson[]> {
  const which =
    person === undefined
      ? sql`k.pers_person_id = any (${[...children!]}::text[])`
      : sql`k.subject_id = (select subject_id from human_key where person_id = ${person}::uuid)`
  const { rows } = await sql<CheckedPerson>`
    select k.subject_id as subject, k.pers_person_id as child, array_agg(k.person_id) as people
      from human_key k where ${which} group by k.subject_id, k.pers_person_id`.execute(trx)
  return rows
}

export interface CountedChild {
  person: string
  name: string | null
  reference: string
  local_id: string | null
  worker: string | null
  team: string | null
  errors: number
  queries: number
}

/** Children of a list that is open who have findings, most first. */
export async function countedChildren(
  trx: Transaction,
  { account, everyone }: { account: string; everyone: boolean },
  { limit, offset }: { limit: number; offset: number },
): Promise<{ children: CountedChild[]; total: number }> {
  const { rows } = await sql<CountedChild & { total: number }>`
    select c.person_id as person, c.name, c.reference, c.local_id, coalesce(a.display_name, c.worker) as worker, t.name as team,
           n.errors, n.queries, count(*) over ()::integer as total
      from returns.record_count n
      join index_card c on c.person_id = n.person_id
      left join access.account a on a.id = c.account_id
      left join access.team t on t.id = c.team_id
     where c.person_id = any ((select access.listed_ids())::uuid[]) and ${everyone ? sql`true` : sql`c.account_id = ${account}::uuid`}
     order by n.errors desc, n.queries desc, c.reference limit ${limit} offset ${offset}`.execute(trx)
  return { children: rows, total: rows[0]?.total ?? 0 }
}

/** When the whole record was checked last. */
export async function lastChecked(
  trx: Transaction,
): Promise<{ collection: string; checked_at: Date } | undefined> {
  const { rows } = await sql<{ collection: string; checked_at: Date }>`
    select collection, checked_at from returns.record_checked`.execute(trx)
  return rows[0]
}
