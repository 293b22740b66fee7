import { sql, type Transaction } from 'kysely'
import { dayNumber } from '../clocks/calendar.ts'
import type { Count } from '../clocks/clock.ts'
import type { Standing } from '../clocks/status.ts'
import type { Counted } from '../clocks/words.ts'
import type { Day } from '../web/words.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Any = Transaction<any>

/** Something due, with the child it is due for, as a list shows it. */
export interface DueItem {
  readonly id: string
  readonly person: string
  readonly clock: string
  readonly startedOn: Day
  readonly dueOn: Day | null
  readonly dueAt: Date | null
  readonly soonOn: Day | null
  readonly seniorOn: Day | null
  readonly directorOn: Day | null
  readonly name: string | null
  readonly localId: string | null
  readonly reference: string
  readonly worker: string | null
  readonly team: string | null
}

export const dueSorts = ['due', 'name', 'what', 'worker'] as const
export type DueSort = (typeof dueSorts)[number]

export interface DueWanted {
  /** The account whose children; everybody of the opened list when absent. */
  readonly account?: string | undefined
  /** `unknown`: came by import, due before it came, and nobody can say whether it was done. */
  readonly which: 'late' | 'soon' | 'all' | 'unknown'
  readonly clock?: string | undefined
  /** Of those that have gone up to the service manager, or to the assistant director. */
  readonly escalated?: 'service-manager' | 'assistant-director' | undefined
  /** What is due up to and with this day. */
  readonly until?: Day | undefined
}

/** The moment that 'late' is told by. */
export interface OnDay {
  readonly today: Day
  readonly now: Date
}

const late = ({ today, now }: OnDay) =>
  sql`(case when d.due_at is null then d.due_on < ${today}::date else d.due_at < ${now} end)`
const order = {
  due: sql`coalesce(d.due_at, d.due_on::timestamptz)`,
  name: sql`coalesce(c.name, c.local_id, c.reference)`,
  what: sql`d.clock`,
  worker: sql`coalesce(a.display_name, c.worker)`,
}

const listed = sql`
    from due d join index_card c on c.person_id = d.person_id
    left join access.account a on a.id = c.account_id left join access.team t on t.id = c.team_id
   where d.person_id = any ((select access.caseload_ids())::uuid[])`

/** Whom an account works with: allocated to it, or in whatever other way, which is known of the session’s own account alone. */
export const ownOf = (account: string) =>
  sql`(c.account_id = ${account} or c.person_id = any ((select access.people_worked_with(${account}))::uuid[]))`

function wanted({ account, which, clock, escalated, until }: DueWanted, on: OnDay) {
  const parts = [
    which === 'unknown' ? sql`d.state = 'not-known'` : sql`d.state = 'open'`,
    sql`d.started_on <= ${on.today}::date`,
    account && ownOf(account),
    clock && sql`d.clock = ${clock}`,
    which === 'late' && late(on),
    which === 'soon' && sql`(${late(on)} or d.soon_on <= ${on.today}::date)`,
    escalated === 'service-manager' && sql`d.senior_on <= ${on.today}::date`,
    escalated === 'assistant-director' && sql`d.director_on <= ${on.today}::date`,
    until && sql`d.due_on <= ${until}::date`,
  ].filter((part) => typeof part === 'object')
  return sql.join(parts, sql` and `)
}

/**
 * What is due for the children of an opened list (`caseload`), as far as the account's role reaches: one statement.
 * @returns a page of it, and how many there are in all
 */
export async function dueList(
  trx: Any,
  list: { sort: DueSort; direction: 'ascending' | 'descending'; perPage: number; offset: number },
  asked: DueWanted,
  on: OnDay,
): Promise<{ items: DueItem[]; total: number }> {
  const direction = list.direction === 'descending' ? sql`desc nulls last` : sql`asc nulls last`
  const { rows } = await sql<DueItem & { total: number }>`
    select d.id, d.person_id as person, d.clock, d.started_on as "startedOn", d.due_on as "dueOn", d.due_at as "dueAt",
           d.soon_on as "soonOn", d.senior_on as "seniorOn", d.director_on as "directorOn", c.name, c.local_id as "localId",
           c.reference, coalesce(a.display_name, c.worker) as worker, t.name as team, count(*) over () as total
      ${listed} and ${wanted(asked, on)}
     order by ${order[list.sort]} ${direction}, d.due_on nulls last, c.reference, d.clock
     limit ${list.perPage} offset ${list.offset}`.execute(trx)
  return { items: rows, total: rows[0]?.total ?? 0 }
}

/** How much of it there is: for tabs, and for the page of the day. `account` narrows it to one worker's children. */
export async function dueCounts(
  trx: Any,
  asked: { account?: string | undefined },
  on: OnDay,
): Promise<{ late: number; soon: number; all: number; children: number }> {
  const { rows } = await sql<{ late: number; soon: number; all: number; children: number }>`
    select count(*) filter (where ${late(on)}) as late,
           count(*) filter (where not ${late(on)} and d.soon_on <= ${on.today}::date) as soon,
           count(*) as all, count(distinct d.person_id) as children
      ${listed} and ${wanted({ ...asked, which: 'all' }, on)}`.execute(trx)
  return rows[0]!
}

/** The next things due for each of these children of an opened list, the earliest first: for a list of children. */
export async function nextDue(
  trx: Any,
  people: readonly string[],
  on: OnDay,
): Promise<ReadonlyMap<string, { clock: string; dueOn: Day; late: boolean }>> {
  const { rows } = await sql<{ person: string; clock: string; dueOn: Day; late: boolean }>`
    select distinct on (d.person_id) d.person_id as person, d.clock, d.due_on as "dueOn", ${late(on)} as late
      from due d
     where d.person_id = any (${people}::uuid[]) and d.state = 'open' and d.due_on is not null and d.started_on <= ${on.today}::date
     order by d.person_id, d.due_on, d.clock`.execute(trx)
  return new Map(rows.map(({ person, ...due }) => [person, due]))
}

/** The clocks with something open in an opened list, for its filter. */
export async function clocksListed(trx: Any): Promise<string[]> {
  const { rows } = await sql<{ clock: string }>`
    select distinct d.clock from due d
     where d.person_id = any ((select access.caseload_ids())::uuid[]) and d.state = 'open' order by 1`.execute(
    trx,
  )
  return rows.map(({ clock }) => clock)
}

/** One start of one clock, for the child's own page: where it stands, and what its words are made of. */
export type DueOfChild = Standing &
  Counted & {
    readonly id: string
    /** The id it is kept under, where the record knows the child by several. */
    readonly person: string
    readonly group: string
    readonly startedKey: string
    readonly startedFact: string
    readonly startedTable: string | undefined
  }

interface Row {
  id: string
  person_id: string
  started_key: string
  field_group: string
  clock: string
  started_kind: string
  started_on: Day
  started_at: Date | null
  counted: Count & { age?: number }
  due_on: Day | null
  due_at: Date | null
  plan_on: Day | null
  soon_on: Day | null
  state: Standing['state']
  late: boolean
  completed_kind: string | null
  completed_on: Day | null
  completed_recorded_on: Day | null
  extended_kind: string | null
  extended_on: Day | null
  ended_on: Day | null
  ended_by: string | null
  started_fact: string
  started_table: string | null
}

const number = (day: Day | null) => (day === null ? undefined : dayNumber(day))

/** Everything that is or was due for a person, as far as the open field groups let it be seen. The record must be open. */
export async function duesOf(trx: Any, people: readonly string[]): Promise<DueOfChild[]> {
  const { rows } = await sql<Row>`
    select d.id, d.person_id, d.started_key, d.field_group, d.clock, d.started_kind, d.started_on, d.started_at, d.counted, d.due_on, d.due_at, d.plan_on, d.soon_on, d.state, d.late,
           d.completed_kind, d.completed_on, d.completed_recorded_on, d.extended_kind, d.extended_on, d.ended_on, d.ended_by,
           split_part(d.started_key, ' ', 1) as started_fact, e.fact_table as started_table
      from due d left join event e on e.id = d.started_by
     where d.person_id = any (${people}::uuid[])
     order by d.due_on nulls last, d.started_on, d.clock`.execute(trx)
  return rows.map((row) => ({
    id: row.id,
    person: row.person_id,
    startedKey: row.started_key,
    group: row.field_group,
    clock: row.clock,
    count: row.counted,
    age: row.counted.age,
    startedKind: row.started_kind,
    startedOn: dayNumber(row.started_on),
    startedAt: row.started_at?.getTime(),
    dueOn: number(row.due_on),
    dueAt: row.due_at?.getTime(),
    planOn: number(row.plan_on),
    soonOn: number(row.soon_on),
    state: row.state,
    late: row.late,
    completedKind: row.completed_kind ?? undefined,
    completedOn: number(row.completed_on),
    completedRecordedOn: number(row.completed_recorded_on),
    extendedKind: row.extended_kind ?? undefined,
    extendedOn: number(row.extended_on),
    endedOn: number(row.ended_on),
    endedBy: row.ended_by ?? undefined,
    startedFact: row.started_fact,
    startedTable: row.started_table ?? undefined,
  }))
}

/** What stood before: due days that were counted once, for those that changed. The record must be open. */
export async function earlierDueDays(
  trx: Any,
  people: readonly string[],
): Promise<ReadonlyMap<string, { dueOn: Day; until: Date }[]>> {
  const { rows } = await sql<{ id: string; dueOn: Day; until: Date }>`
    select h.id, h.due_on as "dueOn", h.replaced_at as until
      from history.due h join due d on d.id = h.id
     where h.person_id = any (${people}::uuid[]) and h.due_on is distinct from d.due_on and h.due_on is not null
     order by h.replaced_at`.execute(trx)
  const found = new Map<string, { dueOn: Day; until: Date }[]>()
  for (const { id, ...one } of rows) found.set(id, [...(found.get(id) ?? []), one])
  return found
}

export const decisionKinds = ['not-required', 'late-because'] as const

/** What somebody decided about something due. */
export interface DueDecision {
  readonly id: string
  readonly kind: (typeof decisionKinds)[number]
  readonly reason: string
  readonly by: string | null
  readonly on: Day
}

/** The decisions that stand about what is due for a person, by clock and start (`decisionKey`). */
export async function decisionsAbout(
  trx: Any,
  people: readonly string[],
): Promise<ReadonlyMap<string, DueDecision[]>> {
  const { rows } = await sql<DueDecision & { clock: string; key: string }>`
    select d.id, d.clock, d.started_key as key, d.kind, d.reason, d.decided_on as "on", a.display_name as by
      from due_decision d left join access.account a on a.id = d.recorded_by
     where d.person_id = any (${people}::uuid[]) and d.taken_back_on is null order by d.kind desc, d.recorded_at`.execute(
    trx,
  )
  const found = new Map<string, DueDecision[]>()
  for (const { clock, key, ...one } of rows)
    found.set(`${clock} ${key}`, [...(found.get(`${clock} ${key}`) ?? []), one])
  return found
}

/** Records a decision; it stands in place of one of its kind. The record must be open for writing in the due’s group. */
export async function decide(
  trx: Any,
  due: DueOfChild,
  { kind, reason, on }: { kind: DueDecision['kind']; reason: string; on: Day },
): Promise<void> {
  await takeBackDecision(trx, due, kind, on)
  await sql`
    insert into due_decision (person_id, field_group, clock, started_key, kind, reason, decided_on)
    values (${due.person}, ${due.group}, ${due.clock}, ${due.startedKey}, ${kind}, ${reason}, ${on})`.execute(
    trx,
  )
}

/** It has to be done after all. */
export async function takeBackDecision(
  trx: Any,
  due: DueOfChild,
  kind: DueDecision['kind'],
  on: Day,
): Promise<void> {
  await sql`
    update due_decision set taken_back_on = greatest(${on}::date, decided_on)
     where person_id = ${due.person} and clock = ${due.clock} and started_key = ${due.startedKey} and kind = ${kind} and taken_back_on is null`.execute(
    trx,
  )
}
