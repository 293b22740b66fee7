import { sql } from 'kysely'
import type { Day } from '../web/words.ts'
import type { Trx } from './together.ts'
import type { Agency, EndReason, PlanPart, Progress } from './words.ts'

export interface Plan {
  readonly id: string
  readonly person_id: string
  readonly cp_plan_start_date: Day
  readonly cp_plan_end_date: Day | null
  readonly cp_plan_initial_category: string | null
  readonly cp_plan_latest_category: string | null
  readonly number_of_previous_cpp: number | null
  readonly cp_plan_end_reason: EndReason | null
  readonly cp_plan_end_words: string | null
  readonly initial_conference_id: string | null
  /** The conference that made it, where it was held here. */
  readonly conference: string | null
  readonly held_together: string | null
  readonly visit_every_days: number | null
}

const told = sql`
  select p.id, p.person_id, p.cp_plan_start_date, p.cp_plan_end_date, p.cp_plan_initial_category, p.cp_plan_latest_category,
         p.number_of_previous_cpp, p.cp_plan_end_reason, p.cp_plan_end_words, p.initial_conference_id, made.id as conference,
         made.held_together,
         (select c.visit_every_days from conference c
           where (c.child_protection_plan_id = p.id) and c.visit_every_days is not null order by c.held_on desc limit 1) as visit_every_days
    from child_protection_plan p
    left join conference made on made.initial_conference_id = p.initial_conference_id and made.person_id = p.person_id`

export async function planOf(trx: Trx, people: readonly string[], id: string): Promise<Plan | undefined> {
  const { rows } =
    await sql<Plan>`${told} where p.id = ${id} and p.person_id = any (${[...people]}::uuid[])`.execute(trx)
  return rows[0]
}

/** The plan of a child that is in force on a day. */
export async function planInForce(trx: Trx, people: readonly string[], on: Day): Promise<Plan | undefined> {
  const { rows } = await sql<Plan>`
    ${told} where p.person_id = any (${[...people]}::uuid[]) and p.cp_plan_start_date <= ${on}
       and (p.cp_plan_end_date is null or p.cp_plan_end_date > ${on}) order by p.cp_plan_start_date desc limit 1`.execute(
    trx,
  )
  return rows[0]
}

export async function plansOf(trx: Trx, people: readonly string[]): Promise<readonly Plan[]> {
  const { rows } = await sql<Plan>`
    ${told} where p.person_id = any (${[...people]}::uuid[]) order by p.cp_plan_start_date desc`.execute(trx)
  return rows
}

export interface Line {
  readonly id: string
  readonly part: PlanPart
  readonly place: number
  readonly words: string
  readonly outcome: string | null
  readonly who: string | null
  readonly due: Day | null
  readonly measure: string | null
  readonly familyMayRead: boolean
  readonly from: Day
  readonly to: Day | null
  readonly because: string | null
  readonly progress: Progress | null
  readonly progressWords: string | null
}

/** What a plan says now, and what it said and no longer does; with how far each action is. */
export async function linesOf(trx: Trx, plan: string): Promise<readonly Line[]> {
  const { rows } = await sql<Line>`
    select l.id, l.part, l.place, l.words, l.outcome_id as outcome, l.who, l.due_on as due, l.measure, l.family_may_read as "familyMayRead",
           l.from_day as "from", l.to_day as "to", l.ended_because as because, done.progress, done.words as "progressWords"
      from protection_plan_line l
      left join lateral (select g.progress, g.words from plan_progress g join core_group c on c.id = g.core_group_id
                          where g.protection_plan_line_id = l.id order by c.held_on desc, c.id desc limit 1) done on true
     where l.child_protection_plan_id = ${plan}
     order by array_position('{danger,strength,outcome,action,safety,contingency}', l.part), l.place, l.id`.execute(
    trx,
  )
  return rows
}

export interface LineTyped {
  readonly id: string | undefined
  readonly part: PlanPart
  readonly words: string
  readonly who: string | undefined
  readonly due: Day | undefined
  readonly measure: string | undefined
  readonly familyMayRead: boolean
}

/**
 * Writes a plan's lines as they are now: a line that was there is changed, one that is new is added, and one that is
 * gone ends today. What stood before is in their history.
 */
export async function keepLines(
  trx: Trx,
  plan: Pick<Plan, 'id' | 'person_id'>,
  lines: readonly LineTyped[],
  today: Day,
): Promise<void> {
  const kept = lines.flatMap(({ id }) => id ?? [])
  await sql`
    update protection_plan_line set to_day = greatest(${today}::date, from_day), ended_because = 'Taken out when the plan was written again'
     where child_protection_plan_id = ${plan.id} and to_day is null and id <> all (${kept}::uuid[])`.execute(
    trx,
  )
  const rows = JSON.stringify(lines.map((line, place) => ({ ...line, place })))
  const given = sql`jsonb_to_recordset(${rows}::jsonb)
    as g (id uuid, part text, place smallint, words text, who text, due date, measure text, "familyMayRead" boolean)`
  await sql`
    update protection_plan_line l
       set place = g.place, words = g.words, who = g.who, due_on = g.due, measure = g.measure, family_may_read = g."familyMayRead"
      from ${given} where l.id = g.id and l.child_protection_plan_id = ${plan.id}`.execute(trx)
  await sql`
    insert into protection_plan_line (person_id, child_protection_plan_id, part, place, words, who, due_on, measure, family_may_read, from_day)
    select ${plan.person_id}, ${plan.id}, g.part, g.place, g.words, g.who, g.due, g.measure, g."familyMayRead", ${today}
      from ${given} where g.id is null`.execute(trx)
}

export interface Member {
  readonly id: string
  readonly agency: Agency
  readonly name: string
  readonly role: string | null
  readonly lead: boolean
  readonly from: Day
  readonly to: Day | null
}

export async function membersOf(trx: Trx, plan: string): Promise<readonly Member[]> {
  const { rows } = await sql<Member>`
    select id, agency, name, role_words as role, lead, from_day as "from", to_day as "to" from core_group_member
     where child_protection_plan_id = ${plan} order by to_day nulls first, lead desc, id`.execute(trx)
  return rows
}

export interface MemberTyped {
  readonly agency: Agency
  readonly name: string
  readonly role: string | undefined
  readonly lead: boolean
}

/** Who carries the plan from today: known ones stay, others leave, new ones come. */
export async function keepMembers(
  trx: Trx,
  plan: Pick<Plan, 'id' | 'person_id'>,
  members: readonly MemberTyped[],
  today: Day,
): Promise<void> {
  const given = sql`jsonb_to_recordset(${JSON.stringify(members)}::jsonb) as g (agency text, name text, role text, lead boolean)`
  await sql`
    update core_group_member m set to_day = greatest(${today}::date, m.from_day)
     where m.child_protection_plan_id = ${plan.id} and m.to_day is null
       and not exists (select from ${given} where g.name = m.name and g.agency = m.agency)`.execute(trx)
  await sql`
    update core_group_member m set role_words = g.role, lead = g.lead
      from ${given} where m.child_protection_plan_id = ${plan.id} and m.to_day is null and g.name = m.name and g.agency = m.agency`.execute(
    trx,
  )
  await sql`
    insert into core_group_member (person_id, child_protection_plan_id, agency, name, role_words, lead, from_day)
    select ${plan.person_id}, ${plan.id}, g.agency, g.name, g.role, g.lead, ${today} from ${given}
     where not exists (select from core_group_member m where m.child_protection_plan_id = ${plan.id} and m.to_day is null
                          and m.name = g.name and m.agency = g.agency)`.execute(trx)
}

export interface CoreGroup {
  readonly id: string
  readonly person_id: string
  readonly held_together: string
  readonly child_protection_plan_id: string
  readonly held_on: Day
  readonly held_at: Date | null
  readonly manner: string | null
  readonly next_on: Day | null
}

export async function coreGroupsOf(trx: Trx, people: readonly string[]): Promise<readonly CoreGroup[]> {
  const { rows } = await sql<CoreGroup>`
    select * from core_group where person_id = any (${[...people]}::uuid[]) order by held_on desc, id desc`.execute(
    trx,
  )
  return rows
}

export async function coreGroupsTogether(trx: Trx, together: string): Promise<readonly CoreGroup[]> {
  const { rows } =
    await sql<CoreGroup>`select * from core_group where held_together = ${together} order by id`.execute(trx)
  return rows
}

export interface ProgressTyped {
  readonly line: string
  readonly progress: Progress
  readonly words: string | undefined
}

/** Files a core group for one child, with how far its actions are. @returns its id */
export async function holdCoreGroup(
  trx: Trx,
  plan: Pick<Plan, 'id' | 'person_id'>,
  held: {
    readonly together: string
    readonly on: Day
    readonly at: string | undefined
    readonly manner: string | undefined
    readonly next: Day | undefined
  },
  progress: readonly ProgressTyped[],
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into core_group (person_id, held_together, child_protection_plan_id, held_on, held_at, manner, next_on)
    values (${plan.person_id}, ${held.together}, ${plan.id}, ${held.on},
            ${held.at ? sql`(${held.on}::date + ${held.at}::time) at time zone 'Europe/London'` : sql`null`}, ${held.manner ?? null}, ${held.next ?? null})
    returning id`.execute(trx)
  const id = rows[0]!.id
  await sql`
    insert into plan_progress (person_id, protection_plan_line_id, core_group_id, progress, words)
    select ${plan.person_id}, g.line, ${id}, g.progress, g.words
      from jsonb_to_recordset(${JSON.stringify(progress)}::jsonb) as g (line uuid, progress text, words text)
      join protection_plan_line l on l.id = g.line and l.child_protection_plan_id = ${plan.id}`.execute(trx)
  return id
}

export async function progressAt(
  trx: Trx,
  group: string,
): Promise<readonly { action: string; who: string | null; progress: Progress; words: string | null }[]> {
  const { rows } = await sql<{
    action: string
    who: string | null
    progress: Progress
    words: string | null
  }>`
    select l.words as action, l.who, g.progress, g.words from plan_progress g join protection_plan_line l on l.id = g.protection_plan_line_id
     where g.core_group_id = ${group} order by l.place`.execute(trx)
  return rows
}

/** Ends a plan without a conference: for the reasons that need none. */
export async function endPlan(
  trx: Trx,
  plan: string,
  { on, reason, words }: { on: Day; reason: EndReason; words: string },
): Promise<void> {
  await sql`
    update child_protection_plan set cp_plan_end_date = ${on}, cp_plan_end_reason = ${reason}, cp_plan_end_words = ${words} where id = ${plan}`.execute(
    trx,
  )
}

export async function takeBackPlan(trx: Trx, plan: string, reason: string): Promise<boolean> {
  const { rows } = await sql<{
    done: boolean
  }>`select record.take_back_protection_plan(${plan}, ${reason}) as done`.execute(trx)
  return rows[0]!.done
}

export interface Look {
  readonly on: Day
  readonly words: string
  readonly by: string | null
}
export async function looksOf(trx: Trx, plan: string): Promise<readonly Look[]> {
  const { rows } = await sql<Look>`
    select o.overseen_on as "on", o.words, (select a.display_name from access.account a where a.id = o.account_id) as by
      from plan_oversight o where o.child_protection_plan_id = ${plan} order by o.overseen_on desc, o.id desc`.execute(
    trx,
  )
  return rows
}

export async function addLook(
  trx: Trx,
  plan: Pick<Plan, 'id' | 'person_id'>,
  { on, words, account }: { on: Day; words: string; account: string },
): Promise<void> {
  await sql`
    insert into plan_oversight (person_id, child_protection_plan_id, overseen_on, words, account_id)
    values (${plan.person_id}, ${plan.id}, ${on}, ${words}, ${account})`.execute(trx)
}
