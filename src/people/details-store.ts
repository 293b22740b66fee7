import { sql, type Transaction } from 'kysely'
import type { Day } from '../web/words.ts'
import type { DetailRow } from './details.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Open = Transaction<any>

/** A fact that was never true of this person, taken out with why. */
export interface TakenOut {
  readonly table: string
  readonly fact: string
  readonly reason: string
  readonly at: Date
  readonly by: string | null
}

/** One row of one of the tables of `details`, as it stands; undefined when it is not there or not open. */
export async function detailOf(
  trx: Open,
  table: string,
  people: readonly string[],
  id: string,
): Promise<Record<string, unknown> | undefined> {
  const { rows } = await sql<{ row: Record<string, unknown> }>`
    select to_jsonb(t) as row from ${sql.table(table)} t
     where t.id = ${id}::uuid and t.person_id = any (${[...people]}::uuid[])`.execute(trx)
  return rows[0]?.row
}

export async function addDetail(trx: Open, table: string, person: string, row: DetailRow): Promise<void> {
  await trx
    .insertInto(`record.${table}`)
    .values({ person_id: person, ...row })
    .execute()
}

/** @returns false when it is no longer there, or not open for writing */
export async function changeDetail(
  trx: Open,
  table: string,
  people: readonly string[],
  id: string,
  { natural_key: _, ...row }: DetailRow,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable(`record.${table}`)
    .set(row)
    .where('id', '=', id)
    .where('person_id', 'in', [...people])
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** A home that has no end yet. */
export interface OpenHome {
  readonly id: string
  readonly lines: string | null
  readonly postcode: string | null
}

/** Where somebody lives as far as the record says and is open: what a move ends. */
export async function openHomes(trx: Open, people: readonly string[]): Promise<OpenHome[]> {
  const { rows } = await sql<OpenHome>`
    select a.id, a.address_lines as lines, a.postcode from address a
     where a.person_id = any (${[...people]}::uuid[]) and a.kind = 'home' and a.to_day is null
     order by a.from_day desc nulls last, a.id`.execute(trx)
  return rows
}

/** Ends homes on the day of a move; one that began later, or has ended meanwhile, stays as it is. */
export async function endHomes(
  trx: Open,
  people: readonly string[],
  ids: readonly string[],
  on: Day,
): Promise<void> {
  if (ids.length === 0) return
  await sql`
    update record.address set to_day = ${on}::date
     where id = any (${[...ids]}::uuid[]) and person_id = any (${[...people]}::uuid[]) and kind = 'home' and to_day is null
       and coalesce(from_day <= ${on}::date, true)`.execute(trx)
}

/** Takes out what was recorded in error. @returns false when it is no longer there, or not open for writing */
export async function takeOut(trx: Open, table: string, id: string, reason: string): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select record.take_back(${table}, ${id}::uuid, ${reason}) as done`.execute(trx)
  return rows[0]!.done
}

/** What was taken out of this record, the latest first. */
export async function takenOut(trx: Open, people: readonly string[]): Promise<TakenOut[]> {
  const { rows } = await sql<TakenOut>`
    select e.fact_table as "table", e.fact_id as fact, e.reason, e.recorded_at as at,
           (select display_name from access.account a where a.id = e.recorded_by) as by
      from taken_back e where e.person_id = any (${[...people]}::uuid[])
     order by e.recorded_at desc`.execute(trx)
  return rows
}

/** What the record says of somebody once: born, sex, died, pronouns. */
export interface About {
  readonly sex: string | null
  readonly born: string | null
  readonly bornEstimated: boolean
  readonly expected: string | null
  readonly died: string | null
  readonly pronouns: string | null
}

/** @param person whose own row it is: after a merge, that of the record that leads */
export async function aboutOf(
  trx: Open,
  person: string,
  people: readonly string[],
): Promise<About | undefined> {
  const { rows } = await sql<About>`
    select p.sex, p.date_of_birth as born, p.date_of_birth_estimated as "bornEstimated", p.expected_date_of_birth as expected,
           p.died_on as died,
           (select g.pronouns from gender_identity g where g.person_id = any (${[...people]}::uuid[])
             order by g.person_id = ${person}::uuid desc limit 1) as pronouns
      from person p where p.id = ${person}::uuid`.execute(trx)
  return rows[0]
}

export async function changeAbout(trx: Open, person: string, about: About): Promise<void> {
  await trx
    .updateTable('record.person')
    .set({
      sex: about.sex,
      date_of_birth: about.born,
      date_of_birth_estimated: about.bornEstimated,
      expected_date_of_birth: about.expected,
      died_on: about.died,
    })
    .where('id', '=', person)
    .execute()
  await sql`
    insert into record.gender_identity (person_id, pronouns) select ${person}::uuid, ${about.pronouns}
     where ${about.pronouns}::text is not null or exists (select from record.gender_identity where person_id = ${person}::uuid)
    on conflict (person_id) do update set pronouns = excluded.pronouns`.execute(trx)
}
