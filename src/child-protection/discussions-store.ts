import { sql } from 'kysely'
import { dayNumber, isoDay } from '../clocks/calendar.ts'
import { clockById } from '../clocks/clocks.ts'
import { rulesNow } from '../clocks/store.ts'
import type { Day } from '../web/words.ts'
import type { Child, Trx } from './together.ts'
import type { DiscussionDecision } from './words.ts'

export interface Discussion {
  readonly id: string
  readonly person_id: string
  readonly held_together: string
  readonly section_47_id: string | null
  readonly further: boolean
  readonly asked_on: Day
  readonly asked_because: string
  readonly urgent: boolean
  readonly planned_on: Day | null
  readonly planned_at: Date | null
  readonly manner: string | null
  readonly place_words: string | null
  readonly held_on: Day | null
  readonly held_at: Date | null
  readonly decision: DiscussionDecision | null
  readonly decision_words: string | null
  readonly safety_words: string | null
  readonly harm: readonly string[]
  readonly called_off_on: Day | null
  readonly called_off_because: string | null
  readonly recorded_at: Date
  readonly recorded_by_name: string | null
}

const told = sql`d.*, (select a.display_name from access.account a where a.id = d.recorded_by) as recorded_by_name`

/** A discussion as one child's record has it; undefined when it is not among these people's. */
export async function discussionOf(
  trx: Trx,
  people: readonly string[],
  id: string,
): Promise<Discussion | undefined> {
  const { rows } = await sql<Discussion>`
    select ${told} from strategy_discussion d where d.id = ${id} and d.person_id = any (${[...people]}::uuid[])`.execute(
    trx,
  )
  return rows[0]
}

/** The rows of one discussion in the records that are open. */
export async function discussionsTogether(trx: Trx, together: string): Promise<readonly Discussion[]> {
  const { rows } = await sql<Discussion>`
    select ${told} from strategy_discussion d where d.held_together = ${together} order by d.id`.execute(trx)
  return rows
}

/** All discussions of a child, the latest first. */
export async function discussionsOf(trx: Trx, people: readonly string[]): Promise<readonly Discussion[]> {
  const { rows } = await sql<Discussion>`
    select ${told} from strategy_discussion d where d.person_id = any (${[...people]}::uuid[])
     order by coalesce(d.held_on, d.planned_on, d.asked_on) desc, d.id desc`.execute(trx)
  return rows
}

export interface Called {
  readonly together: string
  readonly askedOn: Day
  readonly because: string
  readonly urgent: boolean
  readonly plannedOn: Day | undefined
  readonly plannedAt: string | undefined
  readonly manner: string | undefined
  readonly place: string | undefined
}

const moment = (day: Day | undefined, at: string | undefined) =>
  day && at ? sql`((${day}::date + ${at}::time) at time zone 'Europe/London')` : sql`null`

/** Calls a discussion about one child. @returns its id */
export async function callDiscussion(trx: Trx, child: string, called: Called): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into strategy_discussion (person_id, held_together, asked_on, asked_because, urgent, planned_on, planned_at, manner, place_words)
    values (${child}, ${called.together}, ${called.askedOn}, ${called.because}, ${called.urgent}, ${called.plannedOn ?? null},
            ${moment(called.plannedOn, called.plannedAt)}, ${called.manner ?? null}, ${called.place ?? null}) returning id`.execute(
    trx,
  )
  return rows[0]!.id
}

export interface Held {
  readonly on: Day
  readonly at: string | undefined
  readonly manner: string | undefined
  readonly decision: DiscussionDecision
  readonly words: string
  readonly safety: string | undefined
  readonly harm: readonly string[]
}

/** Writes up a discussion as held and decided. The enquiry it belongs to is written before it. */
export async function holdDiscussion(
  trx: Trx,
  id: string,
  held: Held,
  { enquiry, further }: { enquiry: string | undefined; further: boolean },
): Promise<void> {
  await sql`
    update strategy_discussion
       set held_on = ${held.on}, held_at = ${moment(held.on, held.at)}, manner = coalesce(${held.manner ?? null}, manner),
           asked_on = least(asked_on, ${held.on}::date), decision = ${held.decision}, decision_words = ${held.words},
           safety_words = ${held.safety ?? null}, harm = ${[...held.harm]}::text[], section_47_id = ${enquiry ?? null}, further = ${further}
     where id = ${id}`.execute(trx)
}

export async function callOffDiscussion(
  trx: Trx,
  together: string,
  because: string,
  today: Day,
): Promise<void> {
  await sql`
    update strategy_discussion set called_off_on = ${today}, called_off_because = ${because}
     where held_together = ${together} and held_on is null and called_off_on is null`.execute(trx)
}

/**
 * The enquiry of a child that is open, or was concluded and waits for its conference: one at most in an episode of need
 * (CIN 8839, 8890), so that another begins only after it.
 */
export async function openEnquiry(
  trx: Trx,
  people: readonly string[],
): Promise<{ id: string; since: Day } | undefined> {
  const { rows } = await sql<{ id: string; since: Day }>`
    select s.id, s.s47_start_date as since from section_47 s left join referral r on r.id = s.referral_id
     where s.person_id = any (${[...people]}::uuid[]) and s.icpc_not_required is not true and r.close_date is null
       and not exists (select from initial_conference i where i.section_47_id = s.id)
     order by s.s47_start_date desc limit 1`.execute(trx)
  return rows[0]
}

/** The episode of need that was open on a day, by which the census tells of what happened in it. */
export async function episodeOn(trx: Trx, people: readonly string[], on: Day): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from referral
     where person_id = any (${[...people]}::uuid[]) and referral_nfa is not true and referral_date <= ${on}
       and (close_date is null or close_date >= ${on})
     order by referral_date desc limit 1`.execute(trx)
  return rows[0]?.id
}

/**
 * Begins an enquiry with the discussion that decided it. Its conference is due by the clock that counts from there
 * (ICPC-01), on the calendar as it stands; later discussions change nothing.
 * @returns the enquiry's id
 */
export async function beginEnquiry(
  trx: Trx,
  child: Child,
  { on, kind, account }: { on: Day; kind: 'single' | 'joint'; account: string },
): Promise<string> {
  const { calendar } = await rulesNow(trx)
  const target = isoDay(calendar.workingDaysAfter(dayNumber(on), clockById('ICPC-01').counts[0]!.n))
  const episode = await episodeOn(trx, child.people, on)
  const { rows } = await sql<{ id: string }>`
    insert into section_47 (person_id, referral_id, s47_start_date, initial_cpc_target, icpc_not_required, account_id)
    values (${child.id}, ${episode ?? null}, ${on}, ${target}, false, ${account}) returning id`.execute(trx)
  const enquiry = rows[0]!.id
  await sql`insert into section_47_findings (person_id, section_47_id, enquiry_kind) values (${child.id}, ${enquiry}, ${kind})`.execute(
    trx,
  )
  return enquiry
}
