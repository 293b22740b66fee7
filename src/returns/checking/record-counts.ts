import { sql } from 'kysely'
import { endRun, inRun, openRun } from '../../access/runs.ts'
import type { Connection } from '../../database/connection.ts'
import { dayOf } from '../../web/words.ts'
import { collectionOn } from '../cin-census/collection.ts'
import { checkRecord } from './check-record.ts'
import { loadEngine } from './load.ts'
import type { Transaction } from './store.ts'

/**
 * Checks the whole record by both returns of the year a day lies in, and keeps how many findings each child has.
 * @param db as the role for background work
 * @returns how many children have findings
 */
export async function countRecord(db: Connection, now: Date): Promise<number> {
  const { name: year } = collectionOn(dayOf(now))
  const engine = await loadEngine()
  const counts = new Map<string, { child: string; errors: number; queries: number }>()
  for (const of of ['cin-census', 'ssda903'] as const) {
    const { findings } = await checkRecord(db, { return: of, year, lists: {} }, engine)
    for (const { child, kind } of findings) {
      if (child === null) continue
      const count = counts.get(child) ?? { child, errors: 0, queries: 0 }
      counts.set(child, count)
      if (kind === 'error') count.errors++
      else count.queries++
    }
  }
  const run = await openRun(db, {
    purpose: `counts of what was found for the returns of ${year}`,
    population: 'children with findings: their number',
  })
  try {
    await inRun(db, run, (trx) => keepCounts(trx, year, [...counts.values()]))
  } finally {
    await endRun(db, run, counts.size)
  }
  return counts.size
}

async function keepCounts(
  trx: Transaction,
  year: string,
  counts: readonly { child: string; errors: number; queries: number }[],
): Promise<void> {
  await sql`delete from returns.record_count`.execute(trx)
  await sql`
    insert into returns.record_count (person_id, collection, errors, queries)
    select k.person_id, ${year}, c.errors, c.queries
      from jsonb_to_recordset(${JSON.stringify(counts)}::jsonb) as c (child text, errors integer, queries integer)
      join human_key k on k.pers_person_id = c.child and k.speaks
        on conflict do nothing`.execute(trx)
  await sql`delete from returns.record_checked`.execute(trx)
  await sql`insert into returns.record_checked (collection, checked_at) values (${year}, clock_timestamp())`.execute(
    trx,
  )
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
