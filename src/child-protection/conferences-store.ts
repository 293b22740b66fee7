import { sql } from 'kysely'
import type { Day } from '../web/words.ts'
import { episodeOn } from './discussions-store.ts'
import { plansBefore } from './model.ts'
import type { Child, Trx } from './together.ts'
import type { ConferenceDecision, ConferenceKind } from './words.ts'

export interface Conference {
  readonly id: string
  readonly person_id: string
  readonly held_together: string
  readonly kind: ConferenceKind
  readonly section_47_id: string | null
  readonly child_protection_plan_id: string | null
  readonly asked_on: Day
  readonly asked_because: string | null
  readonly transfer_notified_on: Day | null
  readonly transfer_from: string | null
  readonly planned_on: Day | null
  readonly planned_at: Date | null
  readonly place_words: string | null
  readonly chair_id: string | null
  readonly chair: string | null
  readonly postponed_because: string | null
  readonly cancelled_on: Day | null
  readonly cancelled_because: string | null
  readonly report_shared_on: Day | null
  readonly held_on: Day | null
  readonly quorate: boolean | null
  readonly quorum_words: string | null
  readonly decision: ConferenceDecision | null
  readonly category: string | null
  readonly decision_words: string | null
  readonly visit_every_days: number | null
  readonly decided_by: string | null
  readonly corrected_because: string | null
  readonly initial_conference_id: string | null
  readonly child_protection_review_id: string | null
  readonly outline_plan_sent_on: Day | null
  readonly minutes_sent_on: Day | null
  readonly letter_sent_on: Day | null
  readonly recorded_at: Date
  /** When the conference has to be held: the enquiry's own target. */
  readonly target: Day | null
  /** The plan a review is about, or this conference made. */
  readonly plan: string | null
  readonly plan_since: Day | null
}

const told = sql`
  select c.*, a.display_name as chair, s.initial_cpc_target as target, p.id as plan, p.cp_plan_start_date as plan_since
    from conference c
    left join access.account a on a.id = c.chair_id
    left join section_47 s on s.id = c.section_47_id
    left join lateral (select x.id, x.cp_plan_start_date from child_protection_plan x
                        where x.id = c.child_protection_plan_id or x.initial_conference_id = c.initial_conference_id limit 1) p on true`

export async function conferenceOf(
  trx: Trx,
  people: readonly string[],
  id: string,
): Promise<Conference | undefined> {
  const { rows } =
    await sql<Conference>`${told} where c.id = ${id} and c.person_id = any (${[...people]}::uuid[])`.execute(
      trx,
    )
  return rows[0]
}

export async function conferencesTogether(trx: Trx, together: string): Promise<readonly Conference[]> {
  const { rows } = await sql<Conference>`${told} where c.held_together = ${together} order by c.id`.execute(
    trx,
  )
  return rows
}

export async function conferencesOf(trx: Trx, people: readonly string[]): Promise<readonly Conference[]> {
  const { rows } = await sql<Conference>`
    ${told} where c.person_id = any (${[...people]}::uuid[]) order by coalesce(c.held_on, c.planned_on, c.asked_on) desc, c.id desc`.execute(
    trx,
  )
  return rows
}

export async function conferenceOfEnquiry(trx: Trx, enquiry: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from conference where section_47_id = ${enquiry} and cancelled_on is null order by id desc limit 1`.execute(
    trx,
  )
  return rows[0]?.id
}

/** Asks for a conference about one child. @returns its id */
export async function askForConference(
  trx: Trx,
  child: string,
  asked: {
    readonly together: string
    readonly on: Day
    readonly kind: ConferenceKind
    readonly because: string | undefined
    readonly enquiry?: string | undefined
    readonly plan?: string | undefined
    readonly notifiedOn?: Day | undefined
    readonly from?: string | undefined
  },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into conference (person_id, held_together, kind, section_47_id, child_protection_plan_id, asked_on, asked_because,
                            transfer_notified_on, transfer_from)
    values (${child}, ${asked.together}, ${asked.kind}, ${asked.enquiry ?? null}, ${asked.plan ?? null}, ${asked.on},
            ${asked.because ?? null}, ${asked.notifiedOn ?? null}, ${asked.from ?? null}) returning id`.execute(
    trx,
  )
  return rows[0]!.id
}

export interface When {
  readonly on: Day
  readonly at: string
  readonly place: string | undefined
  readonly chair: string
  readonly because: string | undefined
}

/** Gives a conference its day, room and chair, or another. Whoever chairs works with the children from today. */
export async function callConference(
  trx: Trx,
  { id, person_id }: Conference,
  when: When,
  today: Day,
): Promise<void> {
  await sql`
    update conference
       set planned_on = ${when.on}, planned_at = (${when.on}::date + ${when.at}::time) at time zone 'Europe/London',
           place_words = ${when.place ?? null}, chair_id = ${when.chair}, postponed_because = coalesce(${when.because ?? null}, postponed_because)
     where id = ${id}`.execute(trx)
  await sql`
    insert into involvement (person_id, kind, account_id, from_day)
    select ${person_id}, 'conference-chair', ${when.chair}, ${today}
     where not exists (select from involvement i where i.person_id = ${person_id} and i.kind = 'conference-chair'
                          and i.account_id = ${when.chair} and (i.to_day is null or i.to_day >= ${today}))`.execute(
    trx,
  )
}

export async function cancelConference(
  trx: Trx,
  together: string,
  because: string,
  today: Day,
): Promise<void> {
  await sql`
    update conference set cancelled_on = ${today}, cancelled_because = ${because}
     where held_together = ${together} and held_on is null and cancelled_on is null`.execute(trx)
}

/** A day on which something was sent or shared, for every child of the conference whose record is open. */
export async function noteSent(
  trx: Trx,
  together: string,
  what: 'report_shared_on' | 'outline_plan_sent_on' | 'minutes_sent_on' | 'letter_sent_on',
  on: Day,
): Promise<void> {
  await sql`update conference set ${sql.ref(what)} = ${on} where held_together = ${together} and cancelled_on is null`.execute(
    trx,
  )
}

export interface Decision {
  readonly on: Day
  readonly quorate: boolean
  readonly quorumWords: string | undefined
  readonly decision: ConferenceDecision
  readonly category: string | undefined
  readonly words: string
  readonly visitEvery: number | undefined
  /** How the child took part: a code of the return. */
  readonly participation: string | undefined
  readonly account: string
}

/** What earlier plans of a child are on record, the first first. */
export async function earlierPlans(
  trx: Trx,
  people: readonly string[],
): Promise<readonly { id: string; start: Day; end: Day | null; reported: number | null }[]> {
  const { rows } = await sql<{ id: string; start: Day; end: Day | null; reported: number | null }>`
    select id, cp_plan_start_date as start, cp_plan_end_date as "end", number_of_previous_cpp as reported
      from child_protection_plan where person_id = any (${[...people]}::uuid[]) order by cp_plan_start_date`.execute(
    trx,
  )
  return rows
}

/**
 * Writes what a conference decided about one child: that it was held, and the plan, its review or its end, in the words
 * of the census. A child in need plan ends on the day a protection plan begins.
 */
export async function decideConference(
  trx: Trx,
  child: Child,
  conference: Conference,
  made: Decision,
): Promise<void> {
  const review = conference.kind === 'review'
  const initial = review ? null : await initialConference(trx, child, conference, made)
  const reviewed = review ? await reviewPlan(trx, conference, made) : null
  const plan =
    made.decision === 'plan'
      ? await beginPlan(trx, child, initial!, made)
      : conference.child_protection_plan_id
  await sql`
    update conference
       set held_on = ${made.on}, asked_on = least(asked_on, ${made.on}::date), quorate = ${made.quorate}, quorum_words = ${made.quorumWords ?? null},
           decision = ${made.decision}, category = ${made.category ?? null}, decision_words = ${made.words},
           visit_every_days = ${made.visitEvery ?? null}, decided_by = ${made.account}, initial_conference_id = ${initial},
           child_protection_review_id = ${reviewed}, child_protection_plan_id = ${plan}
     where id = ${conference.id}`.execute(trx)
}

async function initialConference(
  trx: Trx,
  child: Child,
  conference: Conference,
  made: Decision,
): Promise<string> {
  const episode = await episodeOn(trx, child.people, made.on)
  const { rows } = await sql<{ id: string }>`
    insert into initial_conference (person_id, referral_id, section_47_id, icpc_date, icpc_transfer_in, icpc_outcome_cp, account_id)
    values (${child.id}, ${episode ?? null}, ${conference.section_47_id}, ${made.on}, ${conference.kind === 'transfer-in'},
            ${made.decision === 'plan'}, ${made.account}) returning id`.execute(trx)
  return rows[0]!.id
}

/** Begins a plan on the day of its conference (CIN 2885). @returns its id */
async function beginPlan(trx: Trx, child: Child, initial: string, made: Decision): Promise<string> {
  const before = plansBefore(await earlierPlans(trx, child.people))
  const episode = await episodeOn(trx, child.people, made.on)
  const { rows } = await sql<{ id: string }>`
    insert into child_protection_plan (person_id, referral_id, initial_conference_id, cp_plan_start_date, cp_plan_initial_category,
                                       cp_plan_latest_category, cp_plan_ola, number_of_previous_cpp, number_of_previous_cpp_source)
    values (${child.id}, ${episode ?? null}, ${initial}, ${made.on}, ${made.category}, ${made.category}, false, ${before},
            'Counted from this record when the plan began') returning id`.execute(trx)
  const plan = rows[0]!.id
  await sql`select record.end_cin_plan_for(${plan})`.execute(trx)
  return plan
}

async function reviewPlan(trx: Trx, conference: Conference, made: Decision): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into child_protection_review (person_id, child_protection_plan_id, cp_review_date, cp_review_due, cp_review_outcome_continue_cp,
                                         cp_review_quorate, cp_review_participation)
    values (${conference.person_id}, ${conference.child_protection_plan_id}, ${made.on},
            (select d.due_on from due d where d.person_id = ${conference.person_id} and d.clock like 'CPR-%' and d.state = 'open'
              order by d.due_on limit 1),
            ${made.decision === 'continue'}, ${made.quorate}, ${made.participation ?? null}) returning id`.execute(
    trx,
  )
  if (made.decision === 'end')
    await sql`
      update child_protection_plan set cp_plan_end_date = ${made.on}, cp_plan_end_reason = 'no-longer-at-risk', cp_plan_end_words = ${made.words}
       where id = ${conference.child_protection_plan_id}`.execute(trx)
  else
    await sql`update child_protection_plan set cp_plan_latest_category = ${made.category} where id = ${conference.child_protection_plan_id}`.execute(
      trx,
    )
  return rows[0]!.id
}

export interface Correction {
  readonly decision: ConferenceDecision
  readonly category: string | undefined
  readonly because: string
}

/**
 * Corrects what was decided about one child: the plan is begun, taken back, ended or goes on as it should have. What
 * stood is in the history of each fact.
 * @returns why it cannot be corrected so, in words
 */
export async function correctConference(
  trx: Trx,
  child: Child,
  conference: Conference,
  { decision, category, because }: Correction,
): Promise<string | undefined> {
  const { plan, held_on, decision: was } = conference
  if (was !== decision) {
    if (decision === 'no-plan') {
      const { rows } = await sql<{ done: boolean }>`
        select record.take_back_protection_plan(${plan}, ${because}) as done`.execute(trx)
      if (!rows[0]!.done)
        return 'Core groups or reviews were held under this plan: it stood. End it at a review conference'
    }
    if (decision === 'plan') {
      const made = await sql<{
        id: string
      }>`select initial_conference_id as id from conference where id = ${conference.id}`.execute(trx)
      const begun = await beginPlan(trx, child, made.rows[0]!.id, asMade(conference, decision, category))
      await sql`update conference set child_protection_plan_id = ${begun} where id = ${conference.id}`.execute(
        trx,
      )
    }
    if (decision === 'end')
      await sql`
        update child_protection_plan set cp_plan_end_date = ${held_on}, cp_plan_end_reason = 'no-longer-at-risk', cp_plan_end_words = ${because}
         where id = ${plan}`.execute(trx)
    if (decision === 'continue')
      await sql`
        update child_protection_plan set cp_plan_end_date = null, cp_plan_end_reason = null, cp_plan_end_words = null where id = ${plan}`.execute(
        trx,
      )
    await sql`update initial_conference set icpc_outcome_cp = ${decision === 'plan'} where id = ${conference.initial_conference_id}`.execute(
      trx,
    )
    await sql`
      update child_protection_review set cp_review_outcome_continue_cp = ${decision === 'continue'}
       where id = ${conference.child_protection_review_id}`.execute(trx)
  }
  if (category && was === decision)
    await sql`
      update child_protection_plan
         set cp_plan_latest_category = ${category},
             cp_plan_initial_category = case when ${decision === 'plan'} then ${category} else cp_plan_initial_category end
       where id = ${plan}`.execute(trx)
  await sql`
    update conference set decision = ${decision}, category = ${category ?? null}, corrected_because = ${because} where id = ${conference.id}`.execute(
    trx,
  )
  return undefined
}

const asMade = (
  { held_on, quorate, decision_words, decided_by }: Conference,
  decision: ConferenceDecision,
  category: string | undefined,
): Decision => ({
  ...{ on: held_on!, quorate: quorate ?? true, quorumWords: undefined, decision, category },
  ...{ words: decision_words ?? '', visitEvery: undefined, participation: undefined, account: decided_by! },
})

/** Who may chair: independent reviewing officers and conference chairs. */
export async function chairOptions(trx: Trx): Promise<{ value: string; text: string }[]> {
  const { rows } = await sql<{ value: string; text: string }>`
    select distinct a.id as value, a.display_name as text
      from access.account a join access.account_role r on r.account_id = a.id and r.role = 'A-IRO'
       and r.from_day <= current_date and (r.to_day is null or r.to_day >= current_date)
     where a.active_to is null or a.active_to >= current_date order by 2`.execute(trx)
  return rows
}

/** A conference in a diary: a line for each child, without a word of it. */
export interface InDiary {
  readonly person: string
  readonly name: string
  readonly id: string
  readonly held_together: string
  readonly kind: ConferenceKind
  readonly planned_on: Day | null
  readonly planned_at: Date | null
  readonly place_words: string | null
  readonly chair: string | null
  readonly held_on: Day | null
  readonly invited: number
  readonly reports_due: number
  readonly reports_in: number
  readonly report_shared_on: Day | null
  readonly outline_plan_sent_on: Day | null
  readonly minutes_sent_on: Day | null
  readonly decision: ConferenceDecision | null
}

/** Conferences of the children of an opened list (`caseload`): all, or those one account chairs. */
export async function diary(trx: Trx, chair: string | undefined): Promise<readonly InDiary[]> {
  const { rows } = await sql<InDiary>`
    select l.person_id as person, coalesce(c.name, c.local_id, c.reference) as name, l.*
      from record.listed_conferences(${chair ?? null}) l join index_card c on c.person_id = l.person_id
     order by coalesce(l.planned_on, l.held_on) nulls first, l.held_together, 2`.execute(trx)
  return rows
}
