import { sql, type Transaction } from 'kysely'
import type { AlertState, Content } from './alerts.ts'
import type { PlanType } from './neutral.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Trx = Transaction<any>

export interface AlertOfRecord {
  readonly id: string
  readonly type: PlanType
  readonly number: string
  readonly start: string
  readonly state: AlertState
  readonly since: Date
  readonly acknowledged: Content | null
  readonly acknowledgedAt: Date | null
  readonly deleteOn: string | null
  readonly code: string | null
  readonly detail: readonly { code?: string; said?: string }[] | null
  readonly group: string
  readonly mayBeDeleted: boolean
}

/** What the NHS was told of these people, as far as it is open. */
export async function alertsOf(trx: Trx, people: readonly string[]): Promise<AlertOfRecord[]> {
  const { rows } = await sql<AlertOfRecord>`
    select id, plan_type as type, nhs_number as number, plan_start as start, state, state_since as since, acknowledged, acknowledged_at as "acknowledgedAt",
           delete_on as "deleteOn", code, detail, field_group as "group", cpis.may_be_deleted(id) as "mayBeDeleted"
      from cpis_alert where person_id = any (${[...people]}::uuid[]) order by plan_start desc, id`.execute(
    trx,
  )
  return rows
}

export interface Deletion {
  readonly id: string
  readonly alert: string
  readonly reason: string
  readonly askedBy: string
  readonly askedByName: string | null
  readonly askedAt: Date
  readonly outcome: 'approved' | 'refused' | null
  readonly decidedByName: string | null
  readonly decidedAt: Date | null
  readonly words: string | null
}

export async function deletionsOf(trx: Trx, people: readonly string[]): Promise<Deletion[]> {
  const { rows } = await sql<Deletion>`
    select d.id, d.cpis_alert_id as alert, d.reason, d.asked_by as "askedBy", a.display_name as "askedByName", d.asked_at as "askedAt", d.outcome,
           b.display_name as "decidedByName", d.decided_at as "decidedAt", d.words
      from cpis_deletion d left join access.account a on a.id = d.asked_by left join access.account b on b.id = d.decided_by
     where d.person_id = any (${[...people]}::uuid[]) order by d.asked_at desc`.execute(trx)
  return rows
}

export interface Trace {
  readonly number: string
  readonly status: string | null
  readonly tracedOn: string | null
  readonly method: string | null
  readonly evidence: string | null
  readonly by: string | null
}

/** Each NHS number of these people with the latest that tracing said of it. */
export async function tracesOf(trx: Trx, people: readonly string[]): Promise<Trace[]> {
  const { rows } = await sql<Trace>`
    select i.value as number, t.status, t.traced_on as "tracedOn", t.method, t.evidence, a.display_name as "by"
      from (select distinct value from person_identifier where person_id = any (${[...people]}::uuid[]) and kind = 'nhs-number' and (to_day is null or to_day > current_date)) i
      left join lateral (
        select * from nhs_number_trace t where t.person_id = any (${[...people]}::uuid[]) and t.nhs_number = i.value order by t.traced_on desc, t.id desc limit 1) t on true
      left join access.account a on a.id = t.recorded_by
     order by i.value`.execute(trx)
  return rows
}

/** Notes what tracing said of a number. The alert that waits for it goes by itself. */
export async function addTrace(
  trx: Trx,
  person: string,
  {
    number,
    status,
    method,
    evidence,
    on,
  }: { number: string; status: string; method: string; evidence?: string | undefined; on: string },
): Promise<void> {
  await trx
    .insertInto('record.nhs_number_trace')
    .values({
      person_id: person,
      nhs_number: number,
      status,
      method,
      evidence: evidence ?? null,
      traced_on: on,
    })
    .execute()
}

export interface Viewing {
  readonly id: string
  readonly at: Date
  readonly who: string | null
  readonly role: string | null
  readonly organisation: string | null
  readonly bySystem: boolean
  readonly ofMother: boolean
  readonly outcome: string | null
  readonly outcomeWords: string | null
  readonly outcomeBy: string | null
  readonly outcomeOn: string | null
}

/** Looks by health, the latest first. */
export async function viewingsOf(trx: Trx, people: readonly string[]): Promise<Viewing[]> {
  const { rows } = await sql<Viewing>`
    select v.id, v.viewed_at as at, v.who, v.role, v.organisation, v.by_system as "bySystem", v.of_mother as "ofMother", v.outcome,
           v.outcome_words as "outcomeWords", a.display_name as "outcomeBy", v.outcome_on as "outcomeOn"
      from nhs_viewing v left join access.account a on a.id = v.outcome_by
     where v.person_id = any (${[...people]}::uuid[]) order by v.viewed_at desc`.execute(trx)
  return rows
}

/** Notes what a worker found out, of this look and of the others of the same day that nobody has answered. */
export async function answerViewing(
  trx: Trx,
  people: readonly string[],
  id: string,
  { outcome, words, by, on }: { outcome: string; words?: string | undefined; by: string; on: string },
): Promise<boolean> {
  const { rows } = await sql`
    update record.nhs_viewing v set outcome = ${outcome}, outcome_words = ${words ?? null}, outcome_by = ${by}, outcome_on = ${on}
      from record.nhs_viewing this
     where this.id = ${id}::uuid and this.person_id = any (${[...people]}::uuid[]) and v.person_id = this.person_id
       and (v.id = this.id or v.outcome is null and abs(extract(epoch from v.viewed_at - this.viewed_at)) < 86400)
    returning v.id`.execute(trx)
  return rows.length > 0
}
