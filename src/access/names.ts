import { sql } from 'kysely'
import type { Connection } from '../database/connection.ts'
import { openRecords } from './opening.ts'
import { type Reader, reading } from './reading.ts'

/**
 * What pages about access call a person: their name where this session may know it, opened and on the trail like any
 * other reading, and otherwise nothing.
 */
export async function namesOf(
  db: Connection,
  session: Reader,
  people: readonly string[],
  purpose: string,
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(people)]
  if (wanted.length === 0) return new Map()
  await openRecords(db, session, wanted, { purpose, groups: ['F01'], level: 'index' })
  const rows = await reading(db, session, async (trx) => {
    const found = await sql<{ person: string; name: string }>`
      select person_id as person, coalesce(name, 'Name not known, ' || coalesce(local_id, reference)) as name
        from index_card where person_id = any(${wanted}::uuid[])`.execute(trx)
    return found.rows
  })
  return new Map(rows.map(({ person, name }) => [person, name]))
}
