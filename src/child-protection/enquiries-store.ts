import { sql } from 'kysely'
import type { Day } from '../web/words.ts'
import type { Trx } from './together.ts'
import type { Outcome } from './words.ts'

/** An enquiry with what it found: of one that came by a return nothing was found here yet. */
export interface Enquiry {
  readonly id: string
  readonly person_id: string
  readonly referral_id: string | null
  readonly s47_start_date: Day
  readonly s47_end_date: Day | null
  readonly initial_cpc_target: Day | null
  readonly icpc_not_required: boolean | null
  readonly findings: string | null
  readonly enquiry_kind: 'single' | 'joint' | null
  readonly seen_on: Day | null
  readonly seen: 'alone' | 'with-others' | 'not-seen' | null
  readonly seen_words: string | null
  readonly home_seen: boolean | null
  readonly medical: string | null
  readonly medical_words: string | null
  readonly interview_on: Day | null
  readonly interview_reference: string | null
  readonly agencies_words: string | null
  readonly siblings_words: string | null
  readonly alleged_words: string | null
  readonly analysis: string | null
  readonly outcome: Outcome | null
  readonly outcome_words: string | null
  readonly no_conference_because: string | null
  readonly opened_again_because: string | null
  /** The discussion it began with. */
  readonly discussion: string | null
  readonly held_together: string | null
  /** A conference was held because of it. */
  readonly conference_on: Day | null
}

const told = sql`
  select s.id, s.person_id, s.referral_id, s.s47_start_date, s.s47_end_date, s.initial_cpc_target, s.icpc_not_required, f.id as findings,
         f.enquiry_kind, f.seen_on, f.seen, f.seen_words, f.home_seen, f.medical, f.medical_words, f.interview_on, f.interview_reference,
         f.agencies_words, f.siblings_words, f.alleged_words, f.analysis, f.outcome, f.outcome_words, f.no_conference_because,
         f.opened_again_because, d.id as discussion, d.held_together,
         (select min(i.icpc_date) from initial_conference i where i.section_47_id = s.id) as conference_on
    from section_47 s
    left join section_47_findings f on f.section_47_id = s.id
    left join lateral (select x.id, x.held_together from strategy_discussion x
                        where x.section_47_id = s.id and not x.further order by x.held_on limit 1) d on true`

export async function enquiryOf(
  trx: Trx,
  people: readonly string[],
  id: string,
): Promise<Enquiry | undefined> {
  const { rows } =
    await sql<Enquiry>`${told} where s.id = ${id} and s.person_id = any (${[...people]}::uuid[])`.execute(trx)
  return rows[0]
}

/** The enquiries that began with one discussion, in the records that are open. */
export async function enquiriesTogether(trx: Trx, together: string): Promise<readonly Enquiry[]> {
  const { rows } = await sql<Enquiry>`${told} where d.held_together = ${together} order by s.id`.execute(trx)
  return rows
}

export async function enquiriesOf(trx: Trx, people: readonly string[]): Promise<readonly Enquiry[]> {
  const { rows } = await sql<Enquiry>`
    ${told} where s.person_id = any (${[...people]}::uuid[]) order by s.s47_start_date desc, s.id desc`.execute(
    trx,
  )
  return rows
}

/** What an enquiry found, as one child's record keeps it. */
export interface FindingsRow {
  readonly seenOn: Day | undefined
  readonly seen: string
  readonly seenWords: string | undefined
  readonly homeSeen: boolean
  readonly medical: string
  readonly medicalWords: string | undefined
  readonly interviewOn: Day | undefined
  readonly interviewReference: string | undefined
  readonly agenciesWords: string
  readonly siblingsWords: string
  readonly allegedWords: string | undefined
  readonly analysis: string
  readonly outcome: Outcome
  readonly outcomeWords: string | undefined
  readonly noConferenceBecause: string | undefined
}

/** Writes what an enquiry found, the first time or again. @returns the id of the findings */
export async function keepFindings(
  trx: Trx,
  { id, person_id, enquiry_kind }: Enquiry,
  row: FindingsRow,
): Promise<string> {
  const value = (one: string | undefined) => one ?? null
  const { rows } = await sql<{ id: string }>`
    insert into section_47_findings (person_id, section_47_id, enquiry_kind, seen_on, seen, seen_words, home_seen, medical, medical_words,
      interview_on, interview_reference, agencies_words, siblings_words, alleged_words, analysis, outcome, outcome_words, no_conference_because)
    values (${person_id}, ${id}, ${enquiry_kind ?? 'single'}, ${value(row.seenOn)}, ${row.seen}, ${value(row.seenWords)}, ${row.homeSeen},
      ${row.medical}, ${value(row.medicalWords)}, ${value(row.interviewOn)}, ${value(row.interviewReference)}, ${row.agenciesWords},
      ${row.siblingsWords}, ${value(row.allegedWords)}, ${row.analysis}, ${row.outcome}, ${value(row.outcomeWords)},
      ${value(row.noConferenceBecause)})
    on conflict (section_47_id) do update
       set seen_on = excluded.seen_on, seen = excluded.seen, seen_words = excluded.seen_words, home_seen = excluded.home_seen,
           medical = excluded.medical, medical_words = excluded.medical_words, interview_on = excluded.interview_on,
           interview_reference = excluded.interview_reference, agencies_words = excluded.agencies_words,
           siblings_words = excluded.siblings_words, alleged_words = excluded.alleged_words, analysis = excluded.analysis,
           outcome = excluded.outcome, outcome_words = excluded.outcome_words, no_conference_because = excluded.no_conference_because
    returning id`.execute(trx)
  return rows[0]!.id
}

/** Concludes an enquiry as a manager signed it, in the words of the census. */
export async function concludeEnquiry(
  trx: Trx,
  findings: string,
  { on, icpcNotRequired, nothingFurther }: { on: Day; icpcNotRequired: boolean; nothingFurther: boolean },
): Promise<void> {
  await sql`
    update section_47 s
       set s47_end_date = greatest(${on}::date, s.s47_start_date), icpc_not_required = ${icpcNotRequired}, s47_nfa = ${nothingFurther},
           team_id = coalesce(s.team_id, (select i.team_id from involvement i
                                           where i.person_id = s.person_id and i.kind = 'allocated' and i.to_day is null limit 1))
      from section_47_findings f
     where f.id = ${findings} and s.id = f.section_47_id`.execute(trx)
}

/**
 * Opens a concluded enquiry again whose outcome was wrong; its history keeps what stood. A conference that was only
 * asked for because of it is called off: the next signature asks anew.
 */
export async function openEnquiryAgain(
  trx: Trx,
  enquiry: string,
  because: string,
  today: Day,
): Promise<void> {
  await sql`
    update conference set cancelled_on = ${today}, cancelled_because = ${because}
     where section_47_id = ${enquiry} and held_on is null and cancelled_on is null`.execute(trx)
  await sql`
    update section_47 set s47_end_date = null, icpc_not_required = false, s47_nfa = null where id = ${enquiry}`.execute(
    trx,
  )
  await sql`update section_47_findings set opened_again_because = ${because} where section_47_id = ${enquiry}`.execute(
    trx,
  )
}

/** What findings say, by their id: the row that a signature is about. */
export async function findingsById(trx: Trx, id: string): Promise<Enquiry | undefined> {
  const { rows } = await sql<Enquiry>`${told} where f.id = ${id}`.execute(trx)
  return rows[0]
}
