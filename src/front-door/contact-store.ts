import { sql, type Transaction } from 'kysely'
import type { Day } from '../web/words.ts'
import type { ContactParagraph } from './contact.ts'
import type { Decision, ReferralOutcome } from './words.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Trx = Transaction<any>

/** What is the same for every child of a contact, under the record’s own names. */
export interface ContactTold {
  /** Holds the contacts of one call together; made when absent. */
  readonly together: string
  readonly contact_date: Day
  readonly contact_at: string
  readonly contact_source_code: string
  readonly contact_source_desc: string | null
  readonly contact_method: string
  readonly incident_reference: string | null
  readonly safe_now: string | null
  readonly safe_words: string | null
  readonly consent: string | null
  readonly consent_words: string | null
  readonly family_knows: string | null
  readonly interpreter: string | null
}

export interface Taken {
  readonly told: ContactTold
  readonly children: readonly string[]
  readonly named: readonly {
    readonly person: string
    readonly named_as: string
    readonly in_the_home: boolean
  }[]
  readonly paragraphs: readonly ContactParagraph[]
  readonly informant: { name: string | null; reached_by: string | null; unnamed: boolean } | null
}

/** Midday of a clock in London: '14:05' of a day as a moment. */
export const momentOf = (day: Day, at: string) =>
  sql`((${day}::date + ${at}::time) at time zone 'Europe/London')`

/**
 * Writes a contact for each child it is about, in the caller’s transaction (`writing`). Their records must be open.
 * @returns the contact of each child, in the order of the children
 */
export async function takeContact(
  trx: Trx,
  { told, children, named, paragraphs, informant }: Taken,
): Promise<string[]> {
  const { rows: at } = await sql<{
    at: string
  }>`select ${momentOf(told.contact_date, told.contact_at)}::text as at`.execute(trx)
  const { rows } = await sql<{ contact_id: string; child_id: string }>`
    select * from record.take_contact(${JSON.stringify({ ...told, contact_at: at[0]!.at })}::jsonb, ${[...children]}::uuid[],
      ${JSON.stringify(named)}::jsonb, ${JSON.stringify(paragraphs)}::jsonb, ${informant ? JSON.stringify(informant) : null}::jsonb)`.execute(
    trx,
  )
  const contacts = children.map((child) => rows.find(({ child_id }) => child_id === child)!.contact_id)
  // Of an open case the worker and the managers hear the same day (practice 1.3).
  await sql`select record.tell_of_contact(${contacts}::uuid[])`.execute(trx)
  return contacts
}

/** One child’s contact with its referral, as the page of a contact shows it. */
export interface ContactKept {
  readonly id: string
  readonly person: string
  readonly day: Day
  readonly at: Date | null
  readonly method: string | null
  readonly source: string | null
  readonly sourceWords: string | null
  readonly incident: string | null
  readonly state: 'screening' | 'awaiting-information' | 'decided'
  readonly safe: string | null
  readonly safeWords: string | null
  readonly consent: string | null
  readonly consentWords: string | null
  readonly knows: string | null
  readonly interpreter: string | null
  readonly waitingFor: string | null
  readonly proposed: Decision | null
  readonly proposedReason: string | null
  readonly proposedBy: string | null
  readonly decision: Decision | null
  readonly decisionReason: string | null
  readonly threshold: string | null
  readonly passedTo: string | null
  readonly decidedBy: string | null
  readonly decidedAt: Date | null
  readonly decidedOn: Day | null
  readonly badFaithBecause: string | null
  readonly informedOn: Day | null
  readonly informedHow: string | null
  readonly notInformedBecause: string | null
  readonly takenBy: string | null
  readonly referral: string | null
  readonly referralDate: Day | null
  readonly referralNfa: boolean | null
  readonly outcomes: readonly ReferralOutcome[]
  readonly outcomeReason: string | null
  readonly closed: boolean
  /** Another episode of need of this child is open. */
  readonly openCase: boolean
  readonly earlierReferrals: readonly Day[]
  readonly paragraphs: readonly {
    readonly words: string
    readonly origin: string
    readonly about: string | null
    readonly parentMayRead: boolean
  }[]
  /** Only where the group of informants is open. */
  readonly informant: {
    readonly name: string | null
    readonly reachedBy: string | null
    readonly unnamed: boolean
  } | null
}

/** The contacts of one call about these children, whose records must be open (F11). */
export async function contactsTogether(trx: Trx, together: string): Promise<ContactKept[]> {
  const { rows } = await sql<ContactKept>`
    select c.id, c.person_id as person, c.contact_date as day, c.contact_at as at, c.contact_method as method,
           c.contact_source_code::text as source, c.contact_source_desc as "sourceWords", c.incident_reference as incident,
           c.contact_state as state, c.safe_now as safe, c.safe_words as "safeWords", c.consent, c.consent_words as "consentWords",
           c.family_knows as knows, c.interpreter, c.waiting_for as "waitingFor", c.proposed_decision as proposed,
           c.proposed_reason as "proposedReason", (select display_name from access.account a where a.id = c.proposed_by) as "proposedBy",
           c.decision, c.decision_reason as "decisionReason", c.threshold, c.passed_to as "passedTo",
           (select display_name from access.account a where a.id = c.decided_by) as "decidedBy", c.decided_at as "decidedAt",
           c.decided_on as "decidedOn", c.bad_faith_because as "badFaithBecause", c.informed_on as "informedOn",
           c.informed_how as "informedHow", c.not_informed_because as "notInformedBecause",
           (select display_name from access.account a where a.id = c.recorded_by) as "takenBy",
           r.id as referral, r.referral_date as "referralDate", r.referral_nfa as "referralNfa", coalesce(r.outcomes, '{}') as outcomes,
           r.outcome_reason as "outcomeReason", r.close_date is not null as closed,
           exists (select from referral o where o.person_id = c.person_id and o.id is distinct from r.id and o.close_date is null and o.referral_nfa is not true) as "openCase",
           array(select o.referral_date::text from referral o where o.person_id = c.person_id and o.id is distinct from r.id order by 1 desc) as "earlierReferrals",
           coalesce((select json_agg(json_build_object('words', p.words, 'origin', p.origin, 'about', p.about_words, 'parentMayRead', p.parent_may_read) order by p.place)
                       from contact_paragraph p where p.contact_id = c.id), '[]') as paragraphs,
           (select json_build_object('name', i.informant_name, 'reachedBy', i.reached_by, 'unnamed', i.asked_to_stay_unnamed)
              from informant i where i.contact_id = c.id limit 1) as informant
      from contact c left join referral r on r.contact_id = c.id
     where c.received_together = ${together} order by c.id`.execute(trx)
  return rows
}

/** Who a contact is about and who else was named in it, for whoever works the front door: to be opened next. */
export async function peopleOfContact(
  trx: Trx,
  together: string,
): Promise<{ children: string[]; named: { person: string; as: string; home: boolean }[] }> {
  const { rows } = await sql<{ children: string[]; named: { person: string; as: string; home: boolean }[] }>`
    select * from record.people_of_contact(${together})`.execute(trx)
  return rows[0]!
}

export interface DecisionRow {
  readonly decision: Decision
  readonly reason: string
  readonly threshold: string | null
  readonly passedTo: string | null
  readonly badFaithBecause: string | null
  readonly account: string
  readonly today: Day
  readonly now: Date
  readonly outcomeWords: string
}

/** Writes a decision on these contacts, which the model allowed. */
export async function decideContacts(trx: Trx, contacts: readonly string[], one: DecisionRow): Promise<void> {
  await sql`
    update contact set contact_state = 'decided', decision = ${one.decision}, decision_reason = ${one.reason}, contact_outcome = ${one.outcomeWords},
           threshold = ${one.threshold}, passed_to = ${one.passedTo}, bad_faith_because = ${one.badFaithBecause}, decided_by = ${one.account},
           decided_at = ${one.now}, decided_on = ${one.today}::date, waiting_for = null
     where id = any (${[...contacts]}::uuid[])`.execute(trx)
}

export async function proposeDecision(
  trx: Trx,
  contacts: readonly string[],
  { decision, reason, account }: { decision: Decision; reason: string; account: string },
): Promise<void> {
  await sql`update contact set proposed_decision = ${decision}, proposed_reason = ${reason}, proposed_by = ${account} where id = any (${[...contacts]}::uuid[])`.execute(
    trx,
  )
}

/** A decision taken back the same day: what it was stands in what stood before. */
export async function takeBackDecision(
  trx: Trx,
  contacts: readonly string[],
  reason: string,
  account: string,
): Promise<void> {
  await sql`
    update contact set contact_state = 'screening', decision = null, decision_reason = null, contact_outcome = null, threshold = null, passed_to = null,
           bad_faith_because = null, decided_by = null, decided_at = null, decided_on = null,
           proposed_decision = null, proposed_reason = ${`Taken back: ${reason}`}, proposed_by = ${account}
     where id = any (${[...contacts]}::uuid[])`.execute(trx)
}

export async function waitFor(
  trx: Trx,
  contacts: readonly string[],
  waitingFor: string | null,
  consentWords: string | null,
): Promise<void> {
  await sql`
    update contact set contact_state = ${waitingFor === null ? 'screening' : 'awaiting-information'}, waiting_for = ${waitingFor},
           consent_words = coalesce(${consentWords}, consent_words)
     where id = any (${[...contacts]}::uuid[])`.execute(trx)
}

export async function noteInformed(
  trx: Trx,
  contacts: readonly string[],
  { on, how, because }: { on: Day | null; how: string | null; because: string | null },
): Promise<void> {
  await sql`
    update contact set informed_on = ${how ? on : null}::date, informed_how = ${how}, not_informed_because = ${because}
     where id = any (${[...contacts]}::uuid[])`.execute(trx)
}

export interface ReferralRow {
  readonly person: string
  readonly contact: string | null
  /** The day it was received, not the day it was worked on (CINreferralDate). */
  readonly day: Day
  readonly source: string | null
  readonly need: string | null
  readonly reason: string
  readonly priority: string | null
  readonly team: string | null
  readonly account: string | null
  readonly outcomes: readonly ReferralOutcome[]
}

/** Opens an episode of need: a referral with what the census asks of it. */
export async function openReferral(trx: Trx, one: ReferralRow): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into referral (person_id, natural_key, contact_id, referral_date, referral_source_code, cin_primary_need_code, referral_nfa,
        referral_reason, priority, team_id, account_id, outcomes)
    select ${one.person}::uuid, case when exists (select from referral r where r.person_id = ${one.person}::uuid and r.natural_key = ${one.day}) then null else ${one.day} end,
           ${one.contact}::uuid, ${one.day}::date, ${one.source}, ${one.need}, false, ${one.reason}, ${one.priority}, ${one.team}::uuid, ${one.account}::uuid, ${[...one.outcomes]}::text[]
    returning id`.execute(trx)
  return rows[0]!.id
}

/** What followed referrals; no further action ends the same episode (ReferralNFA). */
export async function decideReferrals(
  trx: Trx,
  referrals: readonly string[],
  one: {
    outcomes: readonly ReferralOutcome[] | 'no-further-action'
    reason: string
    account: string
    today: Day
    team: string | null
    worker: string | null
  },
): Promise<void> {
  const nfa = one.outcomes === 'no-further-action'
  await sql`
    update referral set outcomes = ${nfa ? [] : [...one.outcomes]}::text[], outcome_reason = ${one.reason}, outcome_on = ${one.today}::date, outcome_by = ${one.account},
           referral_nfa = ${nfa},
           team_id = coalesce(${one.team}::uuid, team_id), account_id = coalesce(${one.worker}::uuid, account_id)
     where id = any (${[...referrals]}::uuid[])`.execute(trx)
  // The assessment counts from the referral (practice 3.1): it runs before anybody has written in it.
  if (one.outcomes !== 'no-further-action' && one.outcomes.includes('assessment'))
    await sql`
      select record.start_assessment(person_id, ${one.today}::date) from referral where id = any (${[...referrals]}::uuid[])`.execute(
      trx,
    )
}

/** A contact of the last month as the front door’s page lists it. */
export interface InHand {
  readonly together: string
  readonly day: Day
  readonly at: Date | null
  readonly method: string | null
  readonly source: string | null
  readonly sourceWords: string | null
  readonly state: 'screening' | 'awaiting-information' | 'decided'
  readonly decision: Decision | null
  readonly decidedOn: Day | null
  readonly proposed: Decision | null
  readonly waitingFor: string | null
  readonly safe: string | null
  readonly informed: boolean
  readonly takenBy: string | null
  readonly children: readonly string[]
  readonly reReferral: boolean
}

/** Contacts of the last days, undecided ones first, the oldest first. */
export async function contactsInHand(trx: Trx, days = 30): Promise<InHand[]> {
  const { rows } = await sql<InHand>`
    select together, contact_date as day, contact_at as at, method, source_code as source, source_desc as "sourceWords", state, decision, decided_on as "decidedOn",
           proposed, waiting_for as "waitingFor", safe_now as safe, informed, taken_by as "takenBy", children, re_referral as "reReferral"
      from record.contacts_in_hand(${days}::integer)`.execute(trx)
  return rows
}
