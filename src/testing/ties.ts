import { sql } from 'kysely'
import type { TestDatabase } from './database.ts'

/** People and what ties workers to them, written by the owner, past every policy. For tests of who may see whom. */

export async function aPerson(db: TestDatabase, dateOfBirth = '2015-03-04'): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into record.person (date_of_birth) values (${dateOfBirth}) returning id`.execute(db.owner)
  return rows[0]!.id
}

/** A worker with a child from today, or from and to other days. */
export async function involve(
  db: TestDatabase,
  person: string,
  who: { account?: string; team?: string },
  { kind = who.account ? 'allocated' : 'team', from = '2026-01-01', to = null as string | null } = {},
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into record.involvement (person_id, kind, account_id, team_id, from_day, to_day)
    values (${person}, ${kind}, ${who.account ?? null}, ${who.team ?? null}, ${from}, ${to}) returning id`.execute(
    db.owner,
  )
  return rows[0]!.id
}

/** `other` is this person's `kind`: mother, sister, carer. */
export async function relate(
  db: TestDatabase,
  person: string,
  other: string,
  kind: string,
  recordedBy: string | null = null,
): Promise<void> {
  await sql`insert into record.relationship (person_id, other_person_id, kind, recorded_by)
            values (${person}, ${other}, ${kind}, ${recordedBy})`.execute(db.owner)
}

export async function restricted(
  db: TestDatabase,
  person: string,
  level: 0 | 1 | 2 | 3 | 4,
  { readers = [] as readonly string[], sections = [] as readonly string[] } = {},
): Promise<void> {
  await sql`
    with made as (
      insert into record.restriction (person_id, level, sections, reason, review_on)
      values (${person}, ${level}, ${sections}::text[], 'for a test', current_date + 90) returning id
    ) insert into record.restriction_reader (person_id, restriction_id, account_id)
      select ${person}, id, reader from made, unnest(${readers}::uuid[]) as reader`.execute(db.owner)
}

/** A fact of field group F09 that stands for all others. */
export async function aPlan(db: TestDatabase, person: string, from = '2026-02-03'): Promise<void> {
  await sql`insert into record.child_protection_plan (person_id, cp_plan_start_date) values (${person}, ${from})`.execute(
    db.owner,
  )
}
