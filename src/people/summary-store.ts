import { sql, type Transaction } from 'kysely'
import type { Day } from '../web/words.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Reading = Transaction<any>

/** What matters now about somebody, as the front of the record shows it. */
export interface Summary {
  readonly needs: readonly { since: Day; code: string | null }[]
  readonly plans: readonly { since: Day; initial: string | null; latest: string | null }[]
  readonly care: readonly { since: Day; shortBreaks: boolean }[]
  readonly placements: readonly { since: Day; place: string | null; provider: string | null }[]
  readonly statuses: readonly { since: Day; code: string }[]
  readonly responsible: readonly {
    name: string | null
    person: string | null
    basis: string
    evidence: string | null
  }[]
  readonly household: readonly { name: string | null; kind: string; words: string | null }[]
  /** The address where the person lives, when it is open and not protected. */
  readonly home: { lines: string | null; postcode: string | null } | null
  /** The last time the record says the child was seen, and at what. */
  readonly seen: { day: Day; at: 'assessment' | 'review' } | null
  readonly ethnicity: string | null
  readonly disabilities: readonly string[]
  readonly language: string | null
  readonly interpreter: boolean | null
}

/** The field groups the summary is made of, besides those that say who somebody is. */
export const summaryGroups = ['F03', 'F06', 'F07', 'F12', 'F15', 'F27'] as const

/**
 * How things stand on a day, in one statement. What is not open is simply not there.
 * @param people the person under every id
 */
export async function summaryOf(trx: Reading, people: readonly string[], on: Day): Promise<Summary> {
  const whose = sql`person_id = any (${[...people]}::uuid[])`
  const listed = (query: ReturnType<typeof sql>) =>
    sql`(select coalesce(jsonb_agg(x), '[]') from (${query}) as x)`
  const current = (start: string, end: string) =>
    sql`${sql.ref(start)} <= ${on}::date and (${sql.ref(end)} is null or ${sql.ref(end)} > ${on}::date)`
  const { rows } = await sql<Summary>`
    select ${listed(sql`select referral_date as since, cin_primary_need_code as code from referral
              where ${whose} and referral_nfa is not true and ${current('referral_date', 'close_date')} order by referral_date`)} as needs,
           ${listed(sql`select cp_plan_start_date as since, cp_plan_initial_category as initial, cp_plan_latest_category as latest
              from child_protection_plan where ${whose} and ${current('cp_plan_start_date', 'cp_plan_end_date')}`)} as plans,
           ${listed(sql`select start_date as since, short_breaks as "shortBreaks" from period_of_care
              where ${whose} and ${current('start_date', 'end_date')}`)} as care,
           ${listed(sql`select start_date as since, place, place_provider as provider from placement
              where ${whose} and ${current('start_date', 'end_date')}`)} as placements,
           ${listed(sql`select start_date as since, legal_status as code from legal_status
              where ${whose} and ${current('start_date', 'end_date')} order by start_date`)} as statuses,
           ${listed(sql`select coalesce(holder_name, (select other_name from relationship r where r.person_id = parental_responsibility.person_id
                and r.other_person_id = holder_person_id and other_name is not null limit 1)) as name, holder_person_id as person, basis, evidence from parental_responsibility
              where ${whose} and (to_day is null or to_day > ${on}::date) order by from_day nulls last, holder_name`)} as responsible,
           ${listed(sql`select other_name as name, kind, words from relationship
              where ${whose} and same_household and (to_day is null or to_day > ${on}::date) order by other_name`)} as household,
           (select jsonb_build_object('lines', address_lines, 'postcode', postcode) from address
             where ${whose} and kind = 'home' and not protected and (to_day is null or to_day > ${on}::date)
             order by from_day desc nulls last limit 1) as home,
           (select jsonb_build_object('day', day, 'at', at) from (
              select coalesce(assessment_auth_date, assessment_start_date) as day, 'assessment' as at from assessment
               where ${whose} and assessment_child_seen
              union all
              select review, 'review' from looked_after_review
               where ${whose} and review_code in ('PN1', 'PN2', 'PN3', 'PN4') and review_cancelled is not true) as times
             where day <= ${on}::date order by day desc limit 1) as seen,
           (select ethnicity::text from person_characteristics where ${whose} limit 1) as ethnicity,
           array(select disability_code::text from disability where ${whose} order by 1) as disabilities,
           (select first_language from person_characteristics where ${whose} limit 1) as language,
           (select interpreter_needed from person_characteristics where ${whose} limit 1) as interpreter`.execute(
    trx,
  )
  return rows[0]!
}
