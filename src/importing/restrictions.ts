import { sql } from 'kysely'
import type { Reading } from './landings.ts'
import type { SourceTable } from './ssd-tables.ts'
import type { Transaction } from './store.ts'

/*
 * Restrictions come first: who is restricted, adopted, not to be known, of a worker's family, or lives at an address
 * that must stay hidden, by the old system's numbers. They are kept, so that whoever comes in later is restricted from
 * the first moment.
 */

/** The file of restrictions (docs/import.md). */
export const restrictionsTable: SourceTable = {
  name: 'restrictions',
  fields: ['person_id', 'kind', 'reason', 'review_on', 'readers'].map((name) => ({
    name,
    type: name === 'review_on' ? 'date' : 'string',
    isPerson: name === 'person_id',
  })),
}

export const restrictionReadings: Readonly<Record<string, Reading>> = {}

/** Each kind with the level of governance E.3 it restricts to; null: the address alone. */
export const restrictionKinds: Readonly<Record<string, number | null>> = {
  restricted: 2,
  'staff-family': 2,
  adopted: 3,
  'not-to-be-known': 4,
  'hidden-address': null,
}

/** A restriction that no date of review is said for is looked at again after so many days (governance E.3). */
const reviewAfterDays = 90

const levels = sql.join(
  Object.entries(restrictionKinds)
    .filter(([, level]) => level !== null)
    .map(([kind, level]) => sql`(${kind}, ${level}::smallint)`),
)

/**
 * Takes the staged file in: keeps its rows, tells in staged_outcome those that are held, and restricts who is here.
 * @returns how many rows name somebody who is not in the record yet
 */
export async function takeRestrictions(
  trx: Transaction,
  { run, system, files }: { run: string; system: string; files: readonly string[] },
): Promise<number> {
  const kinds = Object.keys(restrictionKinds)
  await sql`
    insert into staged_outcome
    select 'restrictions', place, true, reason, null, person_id from (
      select s.place, s.person_id, case
          when s.held is not null then s.held
          when s.person_id is null then 'person_id is missing: who is it?'
          when s.kind is null or lower(s.kind) <> all (${kinds}::text[]) then 'kind: is none of ' || ${kinds.join(', ')}
          when length(s.reason) < 3 or s.reason is null then 'reason is missing: say why'
          when row_number() over (partition by s.person_id, lower(s.kind) order by s.place) > 1 then 'stands further up already'
        end as reason from staged_restrictions s) said where said.reason is not null`.execute(trx)
  await sql`
    insert into staged_outcome
    select 'restrictions', s.place, false, 'readers: nobody here has the e-mail address ' || reader, null, s.person_id
      from staged_restrictions s cross join unnest(regexp_split_to_array(lower(s.readers), '[;, ]+')) as reader
     where reader <> '' and not exists (select from access.account a where a.email = reader)`.execute(trx)
  await sql`
    insert into importing.restriction_row (system, source_id, kind, reason, review_on, readers, file, line, run_id)
    select ${system}, s.person_id, lower(s.kind), s.reason, s.review_on::date,
           array(select a.id from access.account a where a.email = any (regexp_split_to_array(lower(s.readers), '[;, ]+'))),
           (${files}::text[])[s.file], s.line, ${run}::uuid
      from staged_restrictions s
     where not exists (select from staged_outcome o where o.tab = 'restrictions' and o.place = s.place and o.holds)
    on conflict (system, source_id, kind) do update
      set reason = excluded.reason, review_on = excluded.review_on, readers = excluded.readers, file = excluded.file,
          line = excluded.line, run_id = excluded.run_id`.execute(trx)
  await applyRestrictions(trx, system, run)
  await hideAddresses(trx, system, run)
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from importing.restriction_row r where r.system = ${system} and r.run_id = ${run}::uuid
       and not exists (select from importing.source_key k where k.system = r.system and k.fact_table = 'person' and k.source_id = r.source_id)`.execute(
    trx,
  )
  return rows[0]!.n
}

/** Restricts everybody of this system whom the file names and who is not restricted so already. */
export async function applyRestrictions(trx: Transaction, system: string, run: string): Promise<void> {
  await sql`
    with asked as (
      select k.person_id, l.level, r.kind, r.reason, r.review_on, r.readers, r.file, r.line
        from importing.restriction_row r
        join (values ${levels}) as l (kind, level) on l.kind = r.kind
        join importing.source_key k on k.system = r.system and k.fact_table = 'person' and k.source_id = r.source_id
       where r.system = ${system}
         and not exists (select from restriction t where t.person_id = k.person_id and t.level = l.level and (t.to_at is null or t.to_at > now()))
    ), made as (
      insert into restriction (person_id, level, reason, review_on, import_run_id, import_place)
      select a.person_id, a.level, a.reason,
             case when a.level <> 3 then coalesce(greatest(a.review_on, current_date), current_date + ${reviewAfterDays}::integer) end,
             ${run}::uuid, a.file || ', line ' || a.line
        from (select distinct on (person_id, level) * from asked order by person_id, level, kind) a
      returning id, person_id, level
    )
    insert into restriction_reader (person_id, restriction_id, account_id, import_run_id)
    select distinct m.person_id, m.id, reader, ${run}::uuid
      from made m join asked a on a.person_id = m.person_id and a.level = m.level cross join unnest(a.readers) as reader`.execute(
    trx,
  )
}

/** Addresses and numbers of people whose address must stay hidden are a part of the record of their own. */
export async function hideAddresses(trx: Transaction, system: string, run: string): Promise<void> {
  for (const table of ['address', 'contact_detail'])
    await sql`
      update ${sql.table(table)} t set protected = true
        from importing.restriction_row r
        join importing.source_key k on k.system = r.system and k.fact_table = 'person' and k.source_id = r.source_id
       where r.system = ${system} and r.kind = 'hidden-address' and t.person_id = k.person_id and not t.protected`.execute(
      trx,
    )
  // Cards of lists show unprotected postcodes only.
  await sql`select record.refresh_index_cards(array(
    select k.person_id from importing.restriction_row r join importing.source_key k on k.system = r.system and k.fact_table = 'person' and k.source_id = r.source_id
     where r.system = ${system} and r.run_id = ${run}::uuid))`.execute(trx)
}
