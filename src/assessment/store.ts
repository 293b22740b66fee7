import { sql, type Transaction } from 'kysely'
import type { Day } from '../web/words.ts'
import type { StopReason } from './model.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
export type Trx = Transaction<any>

export const formKey = 'child-and-family-assessment'
export const stopKind = 'assessment-stopped'

/** An assessment with the form it is written in and the last step towards its signature. */
export interface Assessment {
  readonly id: string
  readonly person: string
  readonly start: Day
  readonly nextReview: Day | null
  readonly authorised: Day | null
  readonly outcome: string | null
  readonly nfa: boolean | null
  readonly stoppedOn: Day | null
  readonly stoppedBecause: StopReason | null
  readonly stoppedWords: string | null
  readonly form: string | null
  readonly work: string | null
  readonly lastAct: string | null
  /** The work under which it is signed, where it was submitted. */
  readonly signing: string | null
}

/** The assessments of a person under every id, the latest first. The record must be open (F12). */
export async function assessmentsOf(trx: Trx, people: readonly string[]): Promise<readonly Assessment[]> {
  const { rows } = await sql<Assessment>`
    select a.id, a.person_id as person, a.assessment_start_date as start, a.assessment_internal_review_date as "nextReview",
           a.assessment_auth_date as authorised, a.assessment_outcome as outcome, a.assessment_outcome_nfa as nfa,
           a.stopped_on as "stoppedOn", a.stopped_because as "stoppedBecause", a.stopped_words as "stoppedWords",
           f.id as form, f.work_id as work, s.act as "lastAct", s.work_id as signing
      from assessment a
      left join lateral (select f.id, f.work_id from form f where f.fact_id = a.id and f.definition = ${formKey} and (f.ended_on is null or a.stopped_on is not null)
                          order by (f.ended_on is null) desc, f.id desc limit 1) f on true
      left join lateral (select s.act, s.work_id from sign_off s
                          where s.fact_id = case when a.stopped_on is null then f.id else a.id end
                            and s.kind = case when a.stopped_on is null then ${`form-${formKey}`} else ${stopKind} end
                          order by s.turn desc limit 1) s on true
     where a.person_id = any (${[...people]}::uuid[])
     order by a.assessment_start_date desc, a.id desc`.execute(trx)
  return rows
}

/** Whether an assessment may be begun for each of these people: their episode of need, and what is open already. */
export async function startingOf(
  trx: Trx,
  people: readonly string[],
): Promise<readonly { readonly episodeSince: Day | null; readonly anotherOpen: boolean }[]> {
  const { rows } = await sql<{ episodeSince: Day | null; anotherOpen: boolean }>`
    with who as (select record.leader_of(one) as leader, array_agg(one) as ids from unnest(${[...people]}::uuid[]) one group by 1)
    select (select max(r.referral_date) from referral r
             where r.person_id = any (w.ids) and r.referral_nfa is not true and r.close_date is null) as "episodeSince",
           exists (select from form f where f.person_id = any (w.ids) and f.definition = ${formKey} and f.completed_on is null and f.ended_on is null)
             or exists (select from assessment a where a.person_id = any (w.ids) and a.assessment_auth_date is null and a.stopped_on is not null) as "anotherOpen"
      from who w`.execute(trx)
  return rows
}

/** Begins a child's assessment, or gives the one a referral began; null where no episode of need is open. */
export async function startAssessment(trx: Trx, person: string, on: Day): Promise<string | null> {
  const { rows } = await sql<{ id: string | null }>`
    select record.start_assessment(${person}, ${on}::date) as id`.execute(trx)
  return rows[0]!.id
}

/** Writes what a signature fills: the day, the outcome and the factors (AssessmentAuthorisationDate, AssessmentFactors). */
export async function authorise(
  trx: Trx,
  assessment: string,
  one: { on: Day; seen: boolean; outcome: string; nfa: boolean; factors: readonly string[] },
): Promise<void> {
  await sql`
    select record.authorise_assessment(${assessment}, ${one.on}::date, ${one.seen}, ${one.outcome}, ${one.nfa}, ${[...one.factors]}::text[])`.execute(
    trx,
  )
}

/** What decides whether a plan begins: one that runs, a child protection plan, care. */
export async function standingOn(
  trx: Trx,
  people: readonly string[],
  on: Day,
): Promise<{ hasPlan: boolean; protected: boolean; inCare: boolean }> {
  const of = sql`person_id = any (${[...people]}::uuid[])`
  const { rows } = await sql<{ hasPlan: boolean; protected: boolean; inCare: boolean }>`
    select exists (select from cin_plan where ${of} and (cin_plan_end_date is null or cin_plan_end_date > ${on}::date)) as "hasPlan",
           exists (select from child_protection_plan where ${of} and (cp_plan_end_date is null or cp_plan_end_date > ${on}::date)) as protected,
           exists (select from period_of_care where ${of} and (end_date is null or end_date > ${on}::date)) as "inCare"`.execute(
    trx,
  )
  return rows[0]!
}

/** Every id of a person whose need is open, those whose record was brought together with it among them. */
export async function idsOf(trx: Trx, person: string): Promise<readonly string[]> {
  const { rows } = await sql<{ ids: string[] }>`select record.ids_of(${person}) as ids`.execute(trx)
  return rows[0]!.ids
}

/** Begins the child in need plan that an assessment led to, in its episode of need. */
export async function beginPlan(trx: Trx, assessment: string, on: Day): Promise<void> {
  await sql`
    insert into cin_plan (person_id, referral_id, cin_plan_start_date, team_id, account_id)
    select a.person_id, a.referral_id, ${on}::date, a.team_id, a.account_id from assessment a where a.id = ${assessment}`.execute(
    trx,
  )
}

export interface Review {
  readonly on: Day
  readonly seen: boolean
  readonly decided: 'go-on' | 'conclude'
  readonly words: string
  readonly next: Day | null
  readonly by: string | null
}

export async function addReview(
  trx: Trx,
  { id, person }: Assessment,
  one: Omit<Review, 'by'>,
): Promise<void> {
  await sql`
    insert into assessment_review (person_id, assessment_id, held_on, child_seen, decided, words, next_on)
    values (${person}, ${id}, ${one.on}::date, ${one.seen}, ${one.decided}, ${one.words}, ${one.next}::date)`.execute(
    trx,
  )
  await sql`update assessment set assessment_internal_review_date = coalesce(${one.next}::date, ${one.on}::date) where id = ${id}`.execute(
    trx,
  )
}

/** The review points of these assessments, by assessment. */
export async function reviewsOf(trx: Trx, ids: readonly string[]): Promise<ReadonlyMap<string, Review[]>> {
  const { rows } = await sql<Review & { assessment: string }>`
    select r.assessment_id as assessment, r.held_on as "on", r.child_seen as seen, r.decided, r.words, r.next_on as next,
           (select a.display_name from access.account a where a.id = r.recorded_by) as by
      from assessment_review r where r.assessment_id = any (${[...ids]}::uuid[]) order by r.held_on, r.id`.execute(
    trx,
  )
  const found = new Map<string, Review[]>()
  for (const { assessment, ...review } of rows)
    found.set(assessment, [...(found.get(assessment) ?? []), review])
  return found
}

/**
 * Stops an assessment: its form ends unfinished, and goes on for sisters and brothers without this child. It is over when
 * a manager has signed that.
 */
export async function stop(
  trx: Trx,
  { id, form }: Assessment,
  { on, because, words }: { on: Day; because: StopReason; words: string },
): Promise<void> {
  await sql`update assessment set stopped_on = ${on}::date, stopped_because = ${because}, stopped_words = ${words} where id = ${id}`.execute(
    trx,
  )
  if (form)
    await sql`
      update form set work_id = id, ended_on = ${on}::date, ended_because = ${words}
       where id = ${form} and ended_on is null and completed_on is null`.execute(trx)
}

export async function stoppedOf(
  trx: Trx,
  id: string,
): Promise<{ on: Day | null; because: StopReason | null; words: string | null } | undefined> {
  const { rows } = await sql<{ on: Day | null; because: StopReason | null; words: string | null }>`
    select stopped_on as "on", stopped_because as because, stopped_words as words from assessment where id = ${id}`.execute(
    trx,
  )
  return rows[0]
}

/** A stopped assessment is over on the day a manager signed that it is. */
export async function endStopped(trx: Trx, id: string, on: Day): Promise<void> {
  await sql`update assessment set assessment_auth_date = ${on}::date where id = ${id} and assessment_auth_date is null`.execute(
    trx,
  )
}

/** Returned: it is to be finished after all, or stopped with better words. */
export async function goOn(trx: Trx, id: string): Promise<void> {
  await sql`update assessment set stopped_on = null, stopped_because = null, stopped_words = null where id = ${id}`.execute(
    trx,
  )
  await sql`update form set ended_on = null, ended_because = null where fact_id = ${id} and definition = ${formKey}`.execute(
    trx,
  )
}
