import { sql, type Transaction } from 'kysely'
import type { Day } from '../web/words.ts'
import type { Grade } from './practice-audit.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Trx = Transaction<any>

export interface PracticeAudit {
  readonly id: string
  readonly title: string
  readonly questions: readonly string[]
  readonly badges: readonly string[]
  readonly seed: string
  readonly wanted: number
  readonly drawnFrom: number
  readonly auditor: string
  readonly auditorId: string
  readonly orderedBy: string
  readonly orderedById: string
  readonly from: Day
  readonly until: Day
  readonly ended: Day | null
  readonly outcome: string | null
  readonly drawn: number
  readonly audited: number
  readonly grades: Readonly<Record<Grade, number>>
  readonly actions: number
  readonly actionsDone: number
}

/** The register: every audit, the latest first, in figures; or one of them. */
export async function practiceAudits(trx: Trx, id?: string): Promise<PracticeAudit[]> {
  const { rows } = await sql<PracticeAudit>`
    select a.id, a.title, a.questions, a.badges, a.seed, a.wanted, a.drawn_from as "drawnFrom", q.display_name as auditor, a.auditor_id as "auditorId",
           o.display_name as "orderedBy", a.ordered_by as "orderedById", a.from_day as "from", a.until_day as "until", a.ended_on as ended, a.outcome,
           coalesce(f.drawn, 0)::int as drawn, coalesce(f.audited, 0)::int as audited,
           jsonb_build_object('outstanding', coalesce(f.outstanding, 0), 'good', coalesce(f.good, 0),
             'requires-improvement', coalesce(f.requires_improvement, 0), 'inadequate', coalesce(f.inadequate, 0)) as grades,
           coalesce(f.actions, 0)::int as actions, coalesce(f.actions_done, 0)::int as "actionsDone"
      from team.practice_audit a
      join access.account q on q.id = a.auditor_id join access.account o on o.id = a.ordered_by
      left join team.audit_figures() f on f.audit_id = a.id
     where ${id ?? null}::uuid is null or a.id = ${id ?? null}::uuid
     order by a.from_day desc, a.id desc limit 200`.execute(trx)
  return rows
}

export interface Sampled {
  readonly person: string
  readonly auditedOn: Day | null
  readonly grade: Grade | null
  readonly hasAction: boolean
  readonly actionBy: Day | null
  readonly actionDoneOn: Day | null
}

/** Whose records are in the sample: for its auditor and whoever ordered it; nobody for others. */
export async function sampleOf(trx: Trx, audit: string): Promise<Sampled[]> {
  const { rows } = await sql<Sampled>`
    select person_id as person, audited_on as "auditedOn", grade, has_action as "hasAction", action_by as "actionBy", action_done_on as "actionDoneOn"
      from team.audit_sample(${audit})`.execute(trx)
  return rows
}

/** Practice auditors who work here today, by name. */
export async function auditors(trx: Trx): Promise<{ value: string; text: string }[]> {
  const { rows } = await sql<{ value: string; text: string }>`
    select distinct a.id as value, a.display_name as text from access.account a join access.account_role r on r.account_id = a.id and r.role = 'A-QA'
       and r.from_day <= current_date and coalesce(r.to_day, 'infinity') >= current_date
     where a.active_from <= current_date and coalesce(a.active_to, 'infinity') >= current_date order by 2`.execute(
    trx,
  )
  return rows
}

/** Draws the sample from the opened list (`caseload`) and lets the auditor in. @returns undefined where nobody fits, or it is not theirs to order */
export async function drawAudit(
  trx: Trx,
  audit: {
    title: string
    questions: string[]
    badges: string[]
    seed: string
    wanted: number
    auditor: string
    until: Day
  },
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string | null }>`
    select team.draw_audit(${audit.title}, ${JSON.stringify(audit.questions)}::jsonb, ${audit.badges}::text[], ${audit.seed}, ${audit.wanted},
                           ${audit.auditor}, ${audit.until}::date) as id`.execute(trx)
  return rows[0]!.id ?? undefined
}

export interface CaseAudit extends Sampled {
  readonly answers: readonly (string | null)[] | null
  readonly findings: string | null
  readonly action: string | null
  readonly actionDoneBy: string | null
  readonly actionDoneWords: string | null
}

/** What one audit says of one child; the record must be open (F25). */
export async function caseAuditOf(
  trx: Trx,
  audit: string,
  people: readonly string[],
): Promise<CaseAudit | undefined> {
  const { rows } = await sql<CaseAudit>`
    select c.person_id as person, c.audited_on as "auditedOn", c.grade, c.answers, c.findings, c.action, c.action is not null as "hasAction",
           c.action_by as "actionBy", c.action_done_on as "actionDoneOn", d.display_name as "actionDoneBy", c.action_done_words as "actionDoneWords"
      from case_audit c left join access.account d on d.id = c.action_done_by
     where c.audit_id = ${audit} and c.person_id = any (${people}::uuid[])`.execute(trx)
  return rows[0]
}

/** @returns false where it is not this auditor’s, was filed, or what the audit opened is over */
export async function fileFinding(
  trx: Trx,
  audit: string,
  person: string,
  found: {
    answers: (string | null)[]
    grade: Grade
    findings: string
    action: string | undefined
    by: Day | undefined
  },
): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select record.file_case_audit(${audit}, ${person}, ${JSON.stringify(found.answers)}::jsonb, ${found.grade}, ${found.findings},
                                  ${found.action ?? null}, ${found.by ?? null}::date) as done`.execute(trx)
  return rows[0]!.done
}

export async function finishAction(trx: Trx, audit: string, person: string, words: string): Promise<boolean> {
  const { rows } = await sql<{
    done: boolean
  }>`select record.finish_audit_action(${audit}, ${person}, ${words}) as done`.execute(trx)
  return rows[0]!.done
}

export async function endAudit(trx: Trx, audit: string, outcome: string): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`select team.end_audit(${audit}, ${outcome}) as done`.execute(
    trx,
  )
  return rows[0]!.done
}
