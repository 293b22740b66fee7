import { sql } from 'kysely'
import type { Connection } from '../src/database/connection.ts'
import { allSurnames, forenames } from './invented-names.ts'

/**
 * Fills the record with invented children in need: each with an episode and an assessment, a quarter with an earlier
 * referral that led no further, a third with a plan, two in five with an enquiry, one in eight with a child protection
 * plan and its reviews, all with names, common ones commonly. Half of them ended before the census year, as in a database that has been used for years. The
 * same count makes the same lives.
 * @param db a connection as the owner of the database
 * @param children how many of them a census of 2024-25 holds, at the least
 */
export async function inventNeed(db: Connection, children: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const run = (statement: ReturnType<typeof sql>) => statement.execute(trx)
    await run(sql`select setseed(0.25), set_config('cairn.cards', 'later', true)`)
    await run(sql`
      create temporary table life on commit drop as
      select gen_random_uuid() as id, n, date '2006-09-01' + (random() * 6500)::integer as born,
             n % 2 = 0 as recent, random() as fate
        from generate_series(1, ${Math.ceil(children * 2.3)}::integer) as n`)
    await run(sql`
      insert into record.person (id, sex, date_of_birth)
      select id, (array['F', 'M'])[1 + n % 2], born from life`)
    await run(sql`
      insert into record.person_identifier (person_id, natural_key, kind, value)
      select id, 'la-child-id', 'la-child-id', 'CH' || lpad(n::text, 8, '0') from life
      union all
      select id, 'upn', 'upn', 'A' || lpad((n * 7919 % 100000000000)::text, 12, '0') from life where n % 5 > 0`)
    await run(sql`
      insert into record.person_name (person_id, natural_key, kind, full_name, forename, surname)
      select id, 'legal', 'legal', forename || ' ' || surname, forename, surname
        from (select id,
                     (${forenames}::text[])[1 + floor(power(random(), 1.7) * ${forenames.length})::integer] as forename,
                     (${allSurnames}::text[])[1 + floor(power(random(), 2.6) * ${allSurnames.length})::integer] as surname
                from life) as named`)
    await run(sql`
      insert into record.person_characteristics (person_id, ethnicity)
      select id, (array['WBRI', 'MWBC', 'APKN', 'BAFR', 'AOTH', 'NOBT'])[1 + n % 6] from life`)
    await run(sql`
      insert into record.disability (person_id, natural_key, disability_code)
      select id, code, code from life, unnest(array['LD', 'HEAR', 'AUT']) as code where n % 12 = 0
      union all
      select id, 'NONE', 'NONE' from life where n % 12 > 0`)
    await run(sql`
      create temporary table stay on commit drop as
      select uuidv7() as id, life.id as person_id, n, fate, referred,
             case when not recent or fate < 0.5 then least(referred + 60 + n % 300, case when recent then null else date '2024-02-01' end) end as closed
        from (
          select *, case when recent then date '2023-06-01' + (n * 37 % 600) else date '2018-01-01' + (n * 37 % 1800) end as referred from life
        ) as life`)
    await run(sql`
      insert into record.referral (id, person_id, natural_key, referral_date, referral_source_code, cin_primary_need_code, referral_nfa, close_date, close_reason)
      select id, person_id, referred::text, referred, (array['1A', '2A', '3E', '6'])[1 + n % 4], 'N' || (1 + n % 8), false, closed,
             case when closed is not null then 'RC7' end
        from stay`)
    await run(sql`
      insert into record.referral (person_id, natural_key, referral_date, referral_source_code, referral_nfa)
      select person_id, (referred - 100)::text, referred - 100, '2B', true from stay where n % 4 = 0`)
    await run(sql`
      create temporary table judged on commit drop as
      select uuidv7() as id, stay.id as referral_id, person_id, n, referred + 2 as started,
             case when n % 10 > 0 then referred + 40 end as signed
        from stay`)
    await run(sql`
      insert into record.assessment (id, person_id, natural_key, referral_id, assessment_start_date, assessment_auth_date)
      select id, person_id, started::text, referral_id, started, signed from judged`)
    await run(sql`
      insert into record.assessment_factor (person_id, natural_key, assessment_id, assessment_factor)
      select person_id, started || ' ' || code, id, code from judged, unnest(array['3B', '4B', '16A']) as code where signed is not null`)
    await run(sql`
      insert into record.cin_plan (person_id, natural_key, referral_id, cin_plan_start_date, cin_plan_end_date)
      select person_id, (referred + 45)::text, id, referred + 45, closed from stay where n % 3 = 0`)
    await run(sql`
      create temporary table enquiry on commit drop as
      select uuidv7() as id, uuidv7() as conference_id, uuidv7() as plan_id, stay.id as referral_id, person_id, n, referred + 20 as started, closed
        from stay where fate > 0.6`)
    await run(sql`
      insert into record.section_47 (id, person_id, natural_key, referral_id, s47_start_date, icpc_not_required)
      select id, person_id, started::text, referral_id, started, n % 3 = 0 from enquiry`)
    await run(sql`
      insert into record.initial_conference (id, person_id, natural_key, referral_id, section_47_id, icpc_date)
      select conference_id, person_id, (started + 16)::text, referral_id, id, started + 16 from enquiry where n % 3 > 0`)
    await run(sql`
      insert into record.child_protection_plan (id, person_id, natural_key, referral_id, initial_conference_id, cp_plan_start_date,
             cp_plan_end_date, cp_plan_initial_category, cp_plan_latest_category)
      select plan_id, person_id, (started + 16)::text, referral_id, conference_id, started + 16, closed, 'NEG', 'EMO' from enquiry
       where n % 3 = 1 and (closed is null or closed > started + 16)`)
    await run(sql`
      insert into record.child_protection_review (person_id, natural_key, child_protection_plan_id, cp_review_date)
      select person_id, (started + 106 + 180 * k)::text, plan_id, started + 106 + 180 * k from enquiry, generate_series(0, 3) as k
       where n % 3 = 1 and (closed is null or closed > started + 16) and started + 106 + 180 * k < coalesce(closed, date '2025-06-01')`)
    await run(sql`select record.refresh_index_cards(array(select id from life))`)
  })
  await sql`analyze`.execute(db)
}
