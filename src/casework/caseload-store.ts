import { sql, type Transaction } from 'kysely'
import { eventKind, type Fact } from '../events/kinds.ts'
import { card, type IndexCard, joined } from '../people/index-store.ts'
import type { ListState } from '../web/list.ts'
import type { Day } from '../web/words.ts'
import { type OnDay, ownOf } from './due-store.ts'
import { openBadges } from './unallocated-store.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Reading = Transaction<any>

/** A child of a list of one’s own work. What the reader’s role does not reach in a list is null, as what is not there. */
export interface CaseloadChild extends IndexCard {
  readonly seen: Day | null
  readonly alone: Day | null
  /** Whoever has the same is family. */
  readonly family: string
  /** The account of the allocated worker. */
  readonly workerId: string | null
}

const called = sql`coalesce(c.name, c.local_id, c.reference)`
const nextDay = (on: Day) => sql`
  (select min(d.due_on) from due d where d.person_id = c.person_id and d.state = 'open' and d.started_on <= ${on}::date)`
const order = {
  name: () => called,
  family: () =>
    sql`min(${called}) over (partition by coalesce(f.family, c.person_id)), coalesce(f.family, c.person_id), coalesce(c.date_of_birth, c.expected_date_of_birth)`,
  age: () => sql`coalesce(c.date_of_birth, c.expected_date_of_birth)`,
  seen: () => sql`s.seen_on`,
  alone: () => sql`s.alone_on`,
  due: nextDay,
  worker: () => sql`coalesce(a.display_name, c.worker)`,
  team: () => sql`t.name`,
} satisfies Record<string, (on: Day) => unknown>
export type CaseloadSort = keyof typeof order
export const caseloadSorts = Object.keys(order) as [CaseloadSort, ...CaseloadSort[]]

export interface CaseloadWanted {
  readonly account: string
  /** Everyone of its teams too. */
  readonly everyone: boolean
  readonly on: Day
  /** Only those with this badge. */
  readonly badge?: string | undefined
  /** Only those allocated to this account. */
  readonly worker?: string | undefined
}

/**
 * The people that an opened list (`caseload`) is about: those this account works with, or everyone of its teams too.
 * Sorted by family, sisters and brothers stand together, the eldest first.
 */
export async function caseload(
  trx: Reading,
  list: ListState<CaseloadSort>,
  { account, everyone, on, badge, worker }: CaseloadWanted,
): Promise<{ cards: CaseloadChild[]; total: number }> {
  const own = sql`${everyone ? sql`true` : ownOf(account)}
    and (${badge ?? null}::text is null or ${badge ?? null} = any (c.badges))
    and (${worker ?? null}::uuid is null or c.account_id = ${worker ?? null}::uuid)`
  const direction = list.direction === 'descending' ? sql`desc nulls last` : sql`asc nulls last`
  // Never seen comes before whoever was seen longest ago.
  const longestAgo = ['seen', 'alone'].includes(list.sort) && list.direction === 'ascending'
  const families = list.sort === 'family'
  const { rows } = await sql<CaseloadChild & { total: number }>`
    select ${card}, '{}'::text[] as matched, s.seen_on as seen, s.alone_on as alone,
           ${families ? sql`coalesce(f.family, c.person_id)` : sql`c.person_id`} as family, c.account_id as "workerId",
           count(*) over () as total
      from ${joined}
      left join record.listed_seen(${on}::date) s on s.person_id = c.person_id
      ${families ? sql`left join record.listed_families(${on}::date) f on f.person_id = c.person_id` : sql``}
     where c.person_id = any ((select access.caseload_ids())::uuid[]) and c.same_as is null and ${own}
     order by ${order[list.sort](on)} ${longestAgo ? sql`asc nulls first` : direction}, c.reference
     limit ${list.perPage} offset ${list.offset}`.execute(trx)
  return { cards: rows, total: rows[0]?.total ?? 0 }
}

/** Something somebody wrote on the record of a child of the list. */
export interface Change {
  readonly person: string
  readonly name: string | null
  readonly localId: string | null
  readonly reference: string
  readonly words: string
  readonly happenedOn: Day
  readonly recordedAt: Date
  readonly recordedBy: string | null
}

/**
 * What changed on the records of an opened list since a moment, the latest first.
 * @param account whose children; everybody of the list when absent
 */
export async function changesSince(
  trx: Reading,
  since: Date,
  { account, most }: { account: string | undefined; most: number },
): Promise<{ changes: Change[]; total: number }> {
  const { rows } = await sql<Omit<Change, 'words'> & { kind: string; fact: Fact; total: number }>`
    select h.person_id as person, c.name, c.local_id as "localId", c.reference, h.kind, h.fact, h.happened_on as "happenedOn",
           h.recorded_at as "recordedAt", h.recorded_by as "recordedBy", h.total
      from record.listed_happenings(${account ?? null}::uuid, ${since}, ${most}) h join index_card c on c.person_id = h.person_id`.execute(
    trx,
  )
  return {
    changes: rows.map(({ kind, fact, total: _, ...change }) => ({
      ...change,
      words: eventKind(kind).words(fact),
    })),
    total: rows[0]?.total ?? 0,
  }
}

/** A worker of an opened list with what is due for their children. */
export interface WorkerLoad {
  readonly worker: string | null
  readonly children: number
  readonly late: number
  /** How much is due on each of the days asked about. */
  readonly days: readonly number[]
}

/** Everybody who works with a child of an opened list, by name; nobody’s children come last. */
export async function workerLoads(
  trx: Reading,
  { today, now }: OnDay,
  days: readonly Day[],
): Promise<WorkerLoad[]> {
  const open = sql`d.state = 'open' and d.started_on <= ${today}::date`
  const { rows } = await sql<WorkerLoad>`
    select coalesce(a.display_name, c.worker) as worker, count(distinct c.person_id) filter (where c.same_as is null)::int as children,
           count(d.id) filter (where case when d.due_at is null then d.due_on < ${today}::date else d.due_at < ${now} end)::int as late,
           array[${sql.join(days.map((day) => sql`count(d.id) filter (where d.due_on = ${day}::date)::int`))}]::int[] as days
      from index_card c left join access.account a on a.id = c.account_id
      left join due d on d.person_id = c.person_id and ${open} and d.due_on <= ${days.at(-1)!}::date
     where c.person_id = any ((select access.caseload_ids())::uuid[])
     group by coalesce(a.display_name, c.worker), c.account_id order by 1 nulls last`.execute(trx)
  return rows
}

/** How help for a child of an opened list has gone on. */
export interface Standing extends CaseloadChild {
  readonly helpedSince: Day | null
  readonly planSince: Day | null
  readonly accommodatedSince: Day | null
  readonly overseenOn: Day | null
  /** When anybody last wrote on the record. */
  readonly writtenOn: Day | null
  /** How often something was late in the half year before. */
  readonly lateLately: number
  readonly needPlanSince: Day | null
}

/** Every child of an opened list with help under way, by name. */
export async function standings(trx: Reading, on: Day): Promise<Standing[]> {
  const { rows } = await sql<Standing>`
    select ${card}, '{}'::text[] as matched, s.seen_on as seen, s.alone_on as alone, c.person_id as family, c.account_id as "workerId", h.helped_since as "helpedSince",
           h.plan_since as "planSince", h.accommodated_since as "accommodatedSince", h.overseen_on as "overseenOn", q.written_on as "writtenOn",
           coalesce(q.late_lately, 0) as "lateLately", q.need_plan_since as "needPlanSince"
      from ${joined}
      join record.listed_standing(${on}::date) h on h.person_id = c.person_id
      left join record.listed_quiet(${on}::date) q on q.person_id = c.person_id
      left join record.listed_seen(${on}::date) s on s.person_id = c.person_id
     where c.person_id = any ((select access.caseload_ids())::uuid[]) and c.same_as is null and c.died_on is null
       and c.badges && ${[...openBadges]}::text[]
     order by ${called}, c.reference`.execute(trx)
  return rows
}

/** Workers to whom children of an opened list are allocated, by name: to filter by. */
export async function workersListed(trx: Reading): Promise<{ value: string; text: string }[]> {
  const { rows } = await sql<{ value: string; text: string }>`
    select distinct a.id as value, a.display_name as text from index_card c join access.account a on a.id = c.account_id
     where c.person_id = any ((select access.caseload_ids())::uuid[]) and c.same_as is null order by 2`.execute(
    trx,
  )
  return rows
}
