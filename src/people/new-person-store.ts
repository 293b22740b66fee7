import { sql, type Transaction } from 'kysely'
import type { Connection } from '../database/connection.ts'
import type { DetailRow } from './details.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Writing = Transaction<any>

export interface Added {
  /** The id that opening a new person gave. */
  readonly person: string
  readonly row: DetailRow
  readonly facts: readonly { readonly table: string; readonly row: DetailRow }[]
  /** Those who were shown as alike, and are somebody else. */
  readonly others: readonly string[]
  readonly mother?: { readonly id: string; readonly name: string } | undefined
}

/**
 * Puts somebody into the record with all that is known of them, and that those who were shown are other people.
 * @returns the short reference that the database gave
 */
export async function addPerson(
  trx: Writing,
  { person, row, facts, others, mother }: Added,
): Promise<string> {
  const { reference } = await trx
    .insertInto('record.person')
    .values({ id: person, ...row })
    .returning('reference')
    .executeTakeFirstOrThrow()
  for (const fact of facts)
    await trx
      .insertInto(`record.${fact.table}`)
      .values({ person_id: person, ...fact.row })
      .execute()
  if (mother)
    await trx
      .insertInto('record.relationship')
      .values({ person_id: person, other_person_id: mother.id, kind: 'mother', other_name: mother.name })
      .execute()
  await sql`
    insert into record.told_apart (person_id, other_person_id, occasion)
    select ${person}::uuid, other, 'adding' from unnest(${[...others]}::uuid[]) as other`.execute(trx)
  return reference
}

/** Where a form led that was filed already: whoever it added must not be shown as somebody alike. */
export async function filedBefore(db: Connection, key: string, account: string): Promise<string | undefined> {
  const { rows } = await sql<{ led_to: string | null }>`
    select led_to from access.submission where key = ${key}::uuid and account_id = ${account}::uuid`.execute(
    db,
  )
  return rows[0]?.led_to ?? undefined
}
