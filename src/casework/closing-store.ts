import { sql, type Transaction } from 'kysely'
import { eventKinds } from '../events/kinds.ts'
import type { Day } from '../web/words.ts'
import { addDays } from '../web/words.ts'
import { type Closing, daysToReopen, type OpenWork } from './closing.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Trx = Transaction<any>

const helping = eventKinds
  .filter(({ area, kind }) => ['need', 'protection', 'care'].includes(area) && kind !== 'case-closed')
  .map(({ kind }) => kind)

/** The open episode of need of a person and what stands in the way of closing it; undefined when none is open. */
export async function closingOf(
  trx: Trx,
  people: readonly string[],
  today: Day,
): Promise<Closing | undefined> {
  const of = sql`person_id = any (${[...people]}::uuid[])`
  const over = (end: string) => sql`(${sql.ref(end)} is null or ${sql.ref(end)} > ${today}::date)`
  const { rows } = await sql<Closing>`
    select r.id as referral, r.referral_date as since, p.date_of_birth as born, p.died_on as died,
           (select coalesce(jsonb_agg(jsonb_build_object('kind', o.kind, 'since', o.since) order by o.since), '[]') from (
              select 'child-protection-plan' as kind, cp_plan_start_date as since from child_protection_plan where ${of} and ${over('cp_plan_end_date')}
              union all
              select 'period-of-care', start_date from period_of_care where ${of} and ${over('end_date')}
              union all
              select 'child-in-need-plan', cin_plan_start_date from cin_plan where ${of} and ${over('cin_plan_end_date')}
              union all
              select 'assessment', assessment_start_date from assessment where ${of} and assessment_auth_date is null and assessment_start_date >= r.referral_date
              union all
              select 'section-47', s47_start_date from section_47 where ${of} and s47_end_date is null and s47_start_date >= r.referral_date
              union all
              select 'step-down', requested_on from early_help where ${of} and referral_id = r.id and state = 'requested') o) as open,
           (select max(e.happened_on) from event e
             where ${of} and e.happened_on between r.referral_date and ${today} and e.kind = any (${helping}::text[])) as "lastDay",
           exists (select from cin_plan where ${of} and cin_plan_start_date >= r.referral_date)
             or exists (select from section_47 where ${of} and s47_start_date >= r.referral_date)
             or exists (select from child_protection_plan where ${of} and cp_plan_start_date >= r.referral_date) as "moreThanAssessed"
      from referral r join person p on p.id = r.person_id
     where r.person_id = any (${[...people]}::uuid[]) and r.referral_nfa is not true and r.referral_date <= ${today}
       and (r.close_date is null or r.close_date > ${today})
     order by r.referral_date desc limit 1`.execute(trx)
  return rows[0] as (Closing & { open: OpenWork[] }) | undefined
}

/** The episode that was closed last, when, and why. */
export async function closedLast(
  trx: Trx,
  people: readonly string[],
  today: Day,
): Promise<{ referral: string; on: Day; reason: string | null } | undefined> {
  const { rows } = await sql<{ referral: string; on: Day; reason: string | null }>`
    select id as referral, close_date as "on", close_reason as reason from referral
     where person_id = any (${[...people]}::uuid[]) and close_date <= ${today}
     order by close_date desc, referral_date desc limit 1`.execute(trx)
  return rows[0]
}

/**
 * Closes an episode of need: what is still due is not required, workers end, and their teams keep the record for as long
 * as it may be opened again. The record must be open for writing (F11, F26 and the groups of what is due).
 * @returns how many things due were ended
 */
export async function closeCase(
  trx: Trx,
  people: readonly string[],
  { referral, on, reason, words }: { referral: string; on: Day; reason: string; words: string },
  today: Day,
): Promise<number> {
  const of = sql`person_id = any (${[...people]}::uuid[])`
  const { rows } = await sql<{ n: number }>`
    with ended as (
      insert into due_decision (person_id, field_group, clock, started_key, kind, reason, decided_on)
      select d.person_id, d.field_group, d.clock, d.started_key, 'not-required', ${`The case was closed: ${words}`}, ${today}
        from due d
       where d.${of} and d.state in ('open', 'not-known')
         and not exists (select from due_decision x where x.person_id = d.person_id and x.clock = d.clock and x.started_key = d.started_key
                            and x.kind = 'not-required' and x.taken_back_on is null)
      returning 1
    ) select count(*)::int as n from ended`.execute(trx)
  await sql`
    insert into involvement (person_id, kind, team_id, from_day, to_day)
    select distinct i.person_id, 'team', i.team_id, ${today}::date, ${addDays(on > today ? on : today, daysToReopen)}::date
      from involvement i where i.${of} and i.kind in ('allocated', 'team') and i.team_id is not null and i.to_day is null`.execute(
    trx,
  )
  await sql`
    update involvement set to_day = greatest(${on}::date, from_day)
     where ${of} and kind in ('allocated', 'co-working', 'team') and to_day is null`.execute(trx)
  await sql`update referral set close_date = ${on}, close_reason = ${reason} where id = ${referral} and ${of}`.execute(
    trx,
  )
  return rows[0]!.n
}

/**
 * Opens again what was closed in error: the episode, and what the same closing ended, workers and what was due. What was
 * written with it is known by its moment; workers of a case that closed elsewhere are allocated anew.
 */
export async function reopenCase(
  trx: Trx,
  people: readonly string[],
  referral: string,
  today: Day,
): Promise<void> {
  const then = sql`person_id = any (${[...people]}::uuid[]) and recorded_at = (select recorded_at from referral where id = ${referral})`
  await sql`
    update involvement set to_day = case when to_day > ${today} then greatest(${today}::date, from_day) end
     where ${then} and kind in ('allocated', 'co-working', 'team')`.execute(trx)
  await sql`
    update due_decision set taken_back_on = greatest(${today}::date, decided_on)
     where ${then} and kind = 'not-required' and taken_back_on is null`.execute(trx)
  await sql`
    update referral set close_date = null, close_reason = null
     where id = ${referral} and person_id = any (${[...people]}::uuid[])`.execute(trx)
}
