import { sql, type Transaction } from 'kysely'
import type { Day } from '../web/words.ts'
import type { EndReason, LineTyped, PlanPart, ReviewOutcome } from './model.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Trx = Transaction<any>

export interface Plan {
  readonly id: string
  readonly person: string
  readonly start: Day
  readonly end: Day | null
  readonly endReason: EndReason | null
  readonly endWords: string | null
}

/** Child in need plans of a person under every id, the latest first. */
export async function plansOf(trx: Trx, people: readonly string[]): Promise<readonly Plan[]> {
  const { rows } = await sql<Plan>`
    select id, person_id as person, cin_plan_start_date as start, cin_plan_end_date as end, cin_plan_end_reason as "endReason", cin_plan_end_words as "endWords"
      from cin_plan where person_id = any (${[...people]}::uuid[]) order by cin_plan_start_date desc, id desc`.execute(
    trx,
  )
  return rows
}

/** The open episode of need, and whether another kind of plan is the child's. */
export async function beforePlan(
  trx: Trx,
  people: readonly string[],
  on: Day,
): Promise<{
  readonly referral: string | null
  readonly episodeSince: Day | null
  readonly otherPlan: boolean
}> {
  const of = sql`person_id = any (${[...people]}::uuid[])`
  const { rows } = await sql<{ referral: string | null; episodeSince: Day | null; otherPlan: boolean }>`
    select r.id as referral, r.referral_date as "episodeSince",
           exists (select from child_protection_plan where ${of} and (cp_plan_end_date is null or cp_plan_end_date > ${on}::date))
             or exists (select from period_of_care where ${of} and (end_date is null or end_date > ${on}::date)) as "otherPlan"
      from (select 1) one left join lateral (select id, referral_date from referral where ${of} and referral_nfa is not true and close_date is null
                                              order by referral_date desc limit 1) r on true`.execute(trx)
  return rows[0]!
}

export async function startPlan(trx: Trx, person: string, referral: string, on: Day): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into cin_plan (person_id, referral_id, cin_plan_start_date) values (${person}, ${referral}, ${on}::date) returning id`.execute(
    trx,
  )
  return rows[0]!.id
}

export async function endPlan(
  trx: Trx,
  plan: string,
  { on, reason, words }: { on: Day; reason: EndReason; words: string },
): Promise<void> {
  await sql`
    update cin_plan set cin_plan_end_date = ${on}::date, cin_plan_end_reason = ${reason}, cin_plan_end_words = ${words} where id = ${plan}`.execute(
    trx,
  )
}

export interface Line extends LineTyped {
  readonly from: Day
  readonly to: Day | null
}

/** What a plan says, and what it said and no longer does. */
export async function linesOf(trx: Trx, plan: string): Promise<readonly Line[]> {
  const { rows } = await sql<Line>`
    select part, words, who, due_on as due, family_may_read as "familyMayRead", from_day as "from", to_day as "to"
      from cin_plan_line where cin_plan_id = ${plan} order by place, id`.execute(trx)
  return rows
}

/** Writes these parts of a plan as they are now: what is gone ends today, what is new begins, what is the same stays. */
export async function keepLines(
  trx: Trx,
  { id, person }: Pick<Plan, 'id' | 'person'>,
  parts: readonly PlanPart[],
  lines: readonly LineTyped[],
  today: Day,
): Promise<void> {
  const given = sql`jsonb_to_recordset(${JSON.stringify(lines.map((line, place) => ({ ...line, place })))}::jsonb)
    as g (part text, place smallint, words text, who text, due date, "familyMayRead" boolean)`
  const same = sql`l.cin_plan_id = ${id} and l.to_day is null and (l.part, l.words, l.family_may_read) = (g.part, g.words, g."familyMayRead")
    and (l.who, l.due_on) is not distinct from (g.who, g.due)`
  await sql`
    update cin_plan_line l set to_day = greatest(${today}::date, from_day)
     where l.cin_plan_id = ${id} and l.to_day is null and l.part = any (${[...parts]}::text[])
       and not exists (select from ${given} where ${same})`.execute(trx)
  await sql`
    insert into cin_plan_line (person_id, cin_plan_id, part, place, words, who, due_on, family_may_read, from_day)
    select ${person}, ${id}, g.part, g.place, g.words, g.who, g.due, g."familyMayRead", ${today}::date
      from ${given} where not exists (select from cin_plan_line l where ${same})`.execute(trx)
}

export interface PlanReview {
  readonly plan: string
  readonly on: Day
  readonly outcome: ReviewOutcome
  readonly next: Day | null
  readonly work: string | null
}

/** Reviews of plans, the latest first. */
export async function reviewsOf(trx: Trx, people: readonly string[]): Promise<readonly PlanReview[]> {
  const { rows } = await sql<PlanReview>`
    select r.cin_plan_id as plan, r.held_on as "on", r.outcome, r.next_on as next, f.work_id as work
      from cin_plan_review r left join form f on f.id = r.form_id
     where r.person_id = any (${[...people]}::uuid[]) order by r.held_on desc, r.id desc`.execute(trx)
  return rows
}

/** A review as it was signed; signed again after a change, it says what was signed last. */
export async function addReview(
  trx: Trx,
  of: { person: string; plan: string; form: string; on: Day; outcome: ReviewOutcome; next: Day | null },
): Promise<void> {
  await sql`
    insert into cin_plan_review (person_id, cin_plan_id, form_id, held_on, outcome, next_on)
    values (${of.person}, ${of.plan}, ${of.form}, ${of.on}::date, ${of.outcome}, ${of.next}::date)
    on conflict (form_id) do update set held_on = excluded.held_on, outcome = excluded.outcome, next_on = excluded.next_on`.execute(
    trx,
  )
}
