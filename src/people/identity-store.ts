import { sql, type Transaction } from 'kysely'
import type { Day } from '../web/words.ts'
import type { Standing } from './model.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Reading = Transaction<any>

/** Field groups that tell who somebody is: the bar above every part of a record. */
export const identityGroups = ['F01', 'F02', 'F05', 'F08', 'F09', 'F10', 'F11', 'F22', 'F24', 'F26'] as const

/** Who a record is about, as far as it is open. */
export interface Identity {
  readonly id: string
  readonly reference: string
  readonly name: string | null
  readonly localId: string | null
  readonly sex: string | null
  readonly bornEstimated: boolean
  readonly pronouns: string | null
  /** Why no unique pupil number is known: a code of the return. */
  readonly upnUnknown: string | null
  readonly hazards: readonly string[]
  readonly worker: string | null
  readonly team: string | null
  readonly standing: Standing
}

interface Row extends Omit<Identity, 'standing'>, Omit<Standing, 'restricted'> {}

/**
 * Who somebody is and how they stand on a day, in one statement.
 * @param people the person under every id, as the opening gave them
 * @returns undefined when the record holds no such person (or held none at the moment asked about)
 */
export async function identityOf(
  trx: Reading,
  people: readonly string[],
  { person, on, restriction }: { person: string; on: Day; restriction: number },
): Promise<Identity | undefined> {
  const whose = sql`person_id = any (${[...people]}::uuid[])`
  const current = sql`from_day <= ${on}::date and (to_day is null or to_day > ${on}::date)`
  const { rows } = await sql<Row>`
    select p.id, p.reference, p.sex::text, p.upn_unknown::text as "upnUnknown", p.date_of_birth as born, p.date_of_birth_estimated as "bornEstimated",
           p.expected_date_of_birth as expected, p.died_on as died,
           (select full_name from person_name where ${whose} and field_group = 'F01'
             order by array_position('{preferred,legal}', kind) nulls last, recorded_at desc, id limit 1) as name,
           (select value from person_identifier where ${whose} and kind in ('la-child-id', 'ssda903-child-id') and source_authority is null
             order by array_position('{la-child-id,ssda903-child-id}', kind), to_day is null desc, id desc limit 1) as "localId",
           (select pronouns from gender_identity where ${whose} limit 1) as pronouns,
           array(select words from hazard where ${whose} and ${current} order by from_day desc) as hazards,
           (select coalesce(a.display_name, i.worker_name, i.worker_reference)
              from involvement i left join access.account a on a.id = i.account_id
             where i.person_id = any (${[...people]}::uuid[]) and i.kind = 'allocated' and ${current}
             order by i.from_day desc limit 1) as worker,
           (select t.name from involvement i join access.team t on t.id = i.team_id
             where i.person_id = any (${[...people]}::uuid[]) and i.kind in ('allocated', 'team') and ${current}
             order by i.kind, i.from_day desc limit 1) as team,
           exists (select from referral where ${whose} and referral_nfa is not true and referral_date <= ${on}::date
                     and (close_date is null or close_date > ${on}::date)) as "inNeed",
           exists (select from child_protection_plan where ${whose} and cp_plan_start_date <= ${on}::date
                     and (cp_plan_end_date is null or cp_plan_end_date > ${on}::date)) as "onPlan",
           exists (select from period_of_care where ${whose} and start_date <= ${on}::date
                     and (end_date is null or end_date > ${on}::date)) as "inCare",
           exists (select from missing_episode where ${whose} and missing = 'M' and mis_start <= ${on}::date
                     and (mis_end is null or mis_end > ${on}::date)) as missing,
           (select max(end_date) from period_of_care where ${whose} and not short_breaks and end_date <= ${on}::date) as "careEnded",
           exists (select from care_leaver_outcome where ${whose}) as "knownAsLeaver"
      from person p where p.id = ${person}`.execute(trx)
  const [row] = rows
  if (!row) return undefined
  const { born, expected, died, inNeed, onPlan, inCare, missing, careEnded, knownAsLeaver, ...identity } = row
  return {
    ...identity,
    standing: {
      ...{ born, expected, died, inNeed, onPlan, inCare, missing, careEnded, knownAsLeaver },
      restricted: restriction >= 2,
    },
  }
}

/** When the record first knew of somebody, and from where; undefined when nothing of it is open. */
export async function firstKnown(
  trx: Reading,
  people: readonly string[],
): Promise<{ at: Date; imported: boolean } | undefined> {
  const { rows } = await sql<{ at: Date; imported: boolean }>`
    select recorded_at as at, import_run_id is not null as imported
      from (select id, recorded_at, import_run_id from record.person
            union all select id, recorded_at, import_run_id from history.person) as versions
     where id = any (${[...people]}::uuid[])
     order by recorded_at limit 1`.execute(trx)
  return rows[0]
}
