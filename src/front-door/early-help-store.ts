import { sql, type Transaction } from 'kysely'
import type { Day } from '../web/words.ts'
import type { HelpState } from './states.ts'
import type { EndReason } from './words.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Trx = Transaction<any>

/** An episode of early help or family help: one record, from the request to its end. */
export interface Help {
  readonly id: string
  readonly person: string
  readonly state: HelpState
  readonly requestedOn: Day
  readonly from: 'contact' | 'step-down' | 'direct'
  readonly contact: string | null
  readonly referral: string | null
  readonly reason: string
  readonly consentBy: string | null
  readonly consentOn: Day | null
  readonly consentScope: string | null
  readonly consentWithdrawnOn: Day | null
  readonly lead: string | null
  readonly organisation: string | null
  readonly acceptedOn: Day | null
  readonly acceptedBy: string | null
  readonly assessmentOn: Day | null
  readonly assessedBy: string | null
  readonly headline: string | null
  readonly endedOn: Day | null
  readonly endReason: EndReason | null
  readonly endWords: string | null
  readonly stepUpAskedOn: Day | null
  readonly stepUpReason: string | null
  readonly meetings: readonly { readonly kind: string; readonly day: Day; readonly words: string }[]
}

/** Every episode of these people, the last first; their record must be open (F12). */
export async function helpOf(trx: Trx, people: readonly string[]): Promise<Help[]> {
  const { rows } = await sql<Help>`
    select h.id, h.person_id as person, h.state, h.requested_on as "requestedOn", h.came_from as "from", h.contact_id as contact, h.referral_id as referral,
           h.reason, h.consent_by as "consentBy", h.consent_on as "consentOn", h.consent_scope as "consentScope", h.consent_withdrawn_on as "consentWithdrawnOn",
           coalesce((select display_name from access.account a where a.id = h.lead_account_id), h.lead_words) as lead, h.organisation,
           h.accepted_on as "acceptedOn", (select display_name from access.account a where a.id = h.accepted_by) as "acceptedBy",
           h.assessment_on as "assessmentOn", h.assessed_by_organisation as "assessedBy", h.plan_headline as headline, h.ended_on as "endedOn",
           h.end_reason as "endReason", h.end_words as "endWords", h.step_up_asked_on as "stepUpAskedOn", h.step_up_reason as "stepUpReason",
           coalesce((select json_agg(json_build_object('kind', m.kind, 'day', m.met_on, 'words', m.words) order by m.met_on desc, m.id desc)
                       from early_help_meeting m where m.early_help_id = h.id), '[]') as meetings
      from early_help h where h.person_id = any (${[...people]}::uuid[])
     order by h.ended_on is not null, h.requested_on desc, h.id desc`.execute(trx)
  return rows
}

export interface HelpRequest {
  readonly person: string
  readonly from: 'contact' | 'step-down' | 'direct'
  readonly contact: string | null
  readonly referral: string | null
  readonly reason: string
  readonly consentBy: string
  readonly consentOn: Day
  readonly consentScope: string | null
  readonly account: string
  readonly today: Day
  /** The last plan of the case that steps down, in its own words. */
  readonly headline?: string | null
}

/** Asks for early help. Where an episode is open already it goes on, and nothing is begun beside it. */
export async function requestHelp(trx: Trx, one: HelpRequest): Promise<void> {
  await sql`
    insert into early_help (person_id, natural_key, requested_on, requested_by, came_from, contact_id, referral_id, reason, consent_by, consent_on, consent_scope, plan_headline)
    select ${one.person}::uuid, case when exists (select from early_help h where h.person_id = ${one.person}::uuid and h.natural_key = ${one.today}) then null else ${one.today} end,
           ${one.today}::date, ${one.account}::uuid, ${one.from}, ${one.contact}::uuid, ${one.referral}::uuid, ${one.reason}, ${one.consentBy}, ${one.consentOn}::date,
           ${one.consentScope}, ${one.headline ?? null}
     where not exists (select from early_help h where h.person_id = ${one.person}::uuid and h.ended_on is null)`.execute(
    trx,
  )
}

/** Moves an episode on, with what its step says. */
export async function moveHelp(
  trx: Trx,
  help: string,
  row: Readonly<Record<string, string | null>>,
): Promise<void> {
  await trx.updateTable('record.early_help').set(row).where('id', '=', help).execute()
}

export async function addMeeting(
  trx: Trx,
  one: { person: string; help: string; kind: string; day: Day; words: string },
): Promise<void> {
  await sql`
    insert into early_help_meeting (person_id, early_help_id, kind, met_on, words)
    values (${one.person}, ${one.help}, ${one.kind}, ${one.day}::date, ${one.words})`.execute(trx)
}

/** The child’s open episode of need and the last plan in it: what a step-down starts from. */
export async function openNeed(
  trx: Trx,
  people: readonly string[],
): Promise<{ id: string; since: Day } | undefined> {
  const { rows } = await sql<{ id: string; since: Day }>`
    select id, referral_date as since from referral
     where person_id = any (${[...people]}::uuid[]) and close_date is null and referral_nfa is not true order by referral_date desc limit 1`.execute(
    trx,
  )
  return rows[0]
}
