import { sql } from 'kysely'
import type { LoadLikeness } from './ssd-likeness.ts'
import type { SourceTable } from './ssd-tables.ts'
import type { Transaction } from './store.ts'

/*
 * Who the people of a load are. The source's own number decides, by which an earlier load knew them; then the
 * authority's number, as returns and files of people have it; then a pupil number that one child alone has, born the
 * same day. Nobody is taken for somebody else on a name or a birth date: whoever is like somebody waits until a person
 * has decided (ssd-likeness.ts).
 */

/**
 * Fills staged_who: each number of a person that stands anywhere in the files.
 * @param tables those that were staged
 * @returns whether somebody of them was in the record before
 */
export async function sayWhoIsWho(
  trx: Transaction,
  system: string,
  tables: readonly SourceTable[],
  likeness: LoadLikeness,
): Promise<boolean> {
  if (tables.some(({ name }) => name === 'ssd_person')) await fromPeopleTable(trx)
  const named = tables.flatMap(({ name, fields }) =>
    fields
      .filter(({ isPerson }) => isPerson)
      .map((field) => sql`select ${sql.ref(field.name)} from ${sql.table(`staged_${name}`)}`),
  )
  await sql`
    insert into staged_who (source, is_new)
    select distinct n.source, false from (${sql.join(named, sql` union `)}) as n (source)
     where n.source is not null and not exists (select from staged_who w where w.source = n.source)`.execute(
    trx,
  )
  await fromEarlierLoads(trx, system)
  await fromNumbers(trx, tables)
  if (tables.some(({ name }) => name === 'ssd_person')) {
    await fromPupilNumbers(trx)
    await likeness.look()
  }
  // Whom the file of people has and nobody knows yet is new.
  await sql`update staged_who w set person = gen_random_uuid()
             where w.is_new and w.person is null and w.held is null`.execute(trx)
  await sql`update staged_who w set name = n.full_name
              from (select distinct on (person_id) person_id, full_name from person_name
                     where kind in ('legal', 'preferred') and to_day is null and person_id in (select person from staged_who where not is_new)
                     order by person_id, kind desc, id desc) n
             where n.person_id = w.person and w.name is null`.execute(trx)
  await sql`analyze pg_temp.staged_who`.execute(trx)
  const { rows } = await sql<{ known: boolean }>`
    select exists (select from staged_who where not is_new and person is not null) as known`.execute(trx)
  return rows[0]!.known
}

async function fromPeopleTable(trx: Transaction): Promise<void> {
  await sql`
    insert into staged_who (source, is_new, held, name)
    select distinct on (pers_person_id) pers_person_id, true, held, nullif(concat_ws(' ', pers_forename, pers_surname), '')
      from staged_ssd_person where pers_person_id is not null order by pers_person_id, held is not null, place`.execute(
    trx,
  )
}

async function fromEarlierLoads(trx: Transaction, system: string): Promise<void> {
  await sql`
    update staged_who w set person = k.fact_id, is_new = false
      from importing.source_key k
     where k.system = ${system} and k.fact_table = 'person' and k.source_id = w.source`.execute(trx)
}

/** The authority's number, whatever source brought it: of one person, whose birth date is not another. */
async function fromNumbers(trx: Transaction, tables: readonly SourceTable[]): Promise<void> {
  const says = tables.some(({ name }) => name === 'ssd_person')
    ? sql`(select min(s.pers_dob)::date from staged_ssd_person s where s.pers_person_id = h.source)`
    : sql`null::date`
  await sql`
    with held as (
      select w.source, w.is_new, count(distinct i.person_id) as people, min(i.person_id::text)::uuid as person,
             bool_or(i.kind = 'la-child-id') as same_kind, min(p.date_of_birth) as born
        from staged_who w
        join person_identifier i on i.value = w.source and i.kind in ('la-child-id', 'ssda903-child-id', 'legacy-id') and i.source_authority is null
        join person p on p.id = i.person_id
       where w.person is null and w.held is null
       group by w.source, w.is_new
    ), said as (
      select h.*, ${says} as says from held h
    )
    update staged_who w set
           person = case when s.people = 1 and (s.same_kind or s.born is null or s.says is null or s.born = s.says) then s.person end,
           is_new = false,
           held = case when s.people > 1 then 'pers_person_id: the number belongs to ' || s.people || ' people in the record'
                       when not (s.same_kind or s.born is null or s.says is null or s.born = s.says)
                       then 'pers_person_id: the number is another source’s for somebody with another birth date: one number, two people' end
      from said s where s.source = w.source`.execute(trx)
}

async function fromPupilNumbers(trx: Transaction): Promise<void> {
  await sql`
    with met as (
      select s.pers_person_id as source, min(i.person_id::text)::uuid as person
        from staged_ssd_person s
        join staged_who w on w.source = s.pers_person_id and w.is_new and w.person is null and w.held is null
        join person_identifier i on i.kind = 'upn' and i.value = s.pers_upn and i.source_authority is null
        join person p on p.id = i.person_id and p.date_of_birth = s.pers_dob::date
       where not exists (select from person_identifier k where k.person_id = i.person_id and k.kind = 'la-child-id')
         and not exists (select from staged_who t where t.person = i.person_id)
         and not exists (select from restriction r where r.person_id = i.person_id and r.level >= 3 and (r.to_at is null or r.to_at > now()))
       group by s.pers_person_id having count(distinct i.person_id) = 1
    )
    update staged_who w set person = m.person, is_new = false from met m
     where m.source = w.source and not exists (select from met o where o.person = m.person and o.source < m.source)`.execute(
    trx,
  )
}
