import { type Kysely, sql } from 'kysely'
import { eventKinds } from '../events/kinds.ts'
import { Calendar, type DayNumber, dayNumber, isoDay, londonDay } from './calendar.ts'
import { hangsOnAge, tablesOfReturns, toldClocks } from './clocks.ts'
import { type Due, dues, type Rules, type Tightening } from './engine.ts'
import { type Happened, historyOf } from './history.ts'
import { escalationDays } from './status.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Any = Kysely<any>

/** The clocks that run: something tells of them. */
export const runningClocks = toldClocks(new Set(eventKinds.map(({ kind }) => kind)))

const imported: ReadonlySet<string> = new Set(
  eventKinds.filter(({ table }) => tablesOfReturns.has(table)).map(({ kind }) => kind),
)

let kept: { key: string; calendar: Calendar } | undefined
/** The calendar with the bank holidays this authority added; a calendar is made once for the same days. */
function calendarOf(more: readonly string[]): Calendar {
  const key = more.join(' ')
  if (kept?.key !== key) kept = { key, calendar: new Calendar({ more }) }
  return kept.calendar
}

/** The list, the calendar and an authority's own times, as they stand. */
export async function rulesNow(trx: Any): Promise<Rules> {
  const { rows } = await sql<{
    holidays: string[]
    tightenings: { clock: string; place: number; n: number; from: string; to: string | null }[]
  }>`
    select array(select to_char(day, 'YYYY-MM-DD') from clocks.bank_holiday where taken_back_at is null order by day) as holidays,
           coalesce((select json_agg(json_build_object('clock', clock, 'place', place, 'n', n, 'from', from_day, 'to', to_day) order by id) from clocks.tightening), '[]') as tightenings`.execute(
    trx,
  )
  const { holidays, tightenings } = rows[0]!
  return {
    clocks: runningClocks,
    calendar: calendarOf(holidays),
    tightenings: tightenings.map(
      ({ clock, place, n, from, to }): Tightening => ({
        clock,
        count: place,
        n,
        from: dayNumber(from),
        ...(to && { to: dayNumber(to) }),
      }),
    ),
    imported,
  }
}

/** The working days as they stand, with what was added to the published bank holidays. */
export async function calendarNow(trx: Any): Promise<Calendar> {
  return (await rulesNow(trx)).calendar
}

/** One human being as the database tells it: every event is a list in the order of `happenedOf`. */
interface Heard {
  human: string
  people: string[]
  events: [
    id: string,
    person: string,
    kind: string,
    table: string,
    fact: string,
    day: number,
    at: number | null,
    looked: Record<string, unknown> | null,
    recorded: number,
    imported: boolean,
  ][]
}

function happenedOf([
  id,
  personId,
  kind,
  table,
  factId,
  day,
  at,
  fact,
  recordedOn,
  byImport,
]: Heard['events'][number]): Happened {
  return {
    id,
    personId,
    kind,
    table,
    factId,
    day,
    ...(at !== null && { at }),
    fact: fact ?? {},
    recordedOn,
    imported: byImport,
  }
}

/**
 * Counts again what is due for everyone whose facts this transaction changed, before it commits: called once, after the
 * last of them. Nobody touched costs one statement.
 * @param now the moment by which things have ended
 */
export async function countTouched(trx: Any, now = new Date()): Promise<void> {
  const { rows } = await sql<Heard>`select * from clocks.heard_now()`.execute(trx)
  if (rows.length > 0) await settle(trx, rows, await rulesNow(trx), now)
}

/**
 * Counts again what is due for these people. Inside a run.
 * @returns how many rows are or were due for them
 */
export async function countPeople(
  trx: Any,
  people: readonly string[],
  rules: Rules,
  now = new Date(),
): Promise<number> {
  const { rows } = await sql<Heard>`select * from clocks.heard_in_run(${people}::uuid[])`.execute(trx)
  return settle(trx, rows, rules, now)
}

async function settle(trx: Any, heard: readonly Heard[], rules: Rules, now: Date): Promise<number> {
  const today = londonDay(now.getTime())
  const rows = heard.flatMap(({ events }) =>
    dues(historyOf(events.map(happenedOf)), rules, today).map((due) => rowOf(due, rules.calendar)),
  )
  const people = heard.flatMap((one) => one.people)
  await sql`select clocks.settle(${people}::uuid[], ${JSON.stringify(rows)}::jsonb)`.execute(trx)
  return rows.length
}

const iso = (day: DayNumber | undefined) => (day === undefined ? null : isoDay(day))
const moment = (at: number | undefined) => (at === undefined ? null : new Date(at).toISOString())

/** A due as record.due has it. */
function rowOf(due: Due, calendar: Calendar) {
  const { clock, startedBy, completedBy, extendedBy, count } = due
  const days =
    due.dueOn !== undefined && due.state === 'open'
      ? escalationDays({ soonOn: due.soonOn, dueOn: due.dueOn }, calendar)
      : undefined
  return {
    person_id: due.personId,
    field_group: clock.group,
    clock: clock.id,
    started_key: [startedBy.factId, startedBy.kind, startedBy.kind === 'born' ? startedBy.fact.age : '']
      .join(' ')
      .trim(),
    started_by: startedBy.id,
    started_kind: startedBy.kind,
    started_on: isoDay(due.startedOn),
    started_at: moment(startedBy.at),
    by_age: hangsOnAge(clock),
    counted: {
      unit: count.unit,
      n: count.n,
      ...(count.before && { before: true }),
      ...(count.column && { column: count.column }),
      ...(count.with && { with: count.with }),
      ...(startedBy.kind === 'born' && { age: startedBy.fact.age }),
    },
    due_on: iso(due.dueOn),
    due_at: moment(due.dueAt),
    plan_on: iso(due.planOn),
    soon_on: iso(due.soonOn),
    senior_on: iso(days?.['service-manager']),
    director_on: iso(days?.['assistant-director']),
    state: due.state,
    late: due.late,
    completed_by: completedBy?.id ?? null,
    completed_kind: completedBy?.kind ?? null,
    completed_on: iso(completedBy?.day),
    completed_at: moment(completedBy?.at),
    completed_recorded_on: iso(completedBy?.recordedOn),
    extended_kind: extendedBy?.kind ?? null,
    extended_on: iso(extendedBy?.day),
    ended_on: iso(due.endedOn),
    ended_by: due.endedBy ?? null,
  }
}
