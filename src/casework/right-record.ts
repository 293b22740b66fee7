import type { FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { openList, openRecord } from '../access/opening.ts'
import { reading } from '../access/reading.ts'
import { clientWords } from '../access/sessions.ts'
import { sessionOf } from '../web/session.ts'

/**
 * The person whose record something belongs in that was recorded on the wrong one, found by the number above their
 * record and opened to write.
 * @param what is moved, as the trail keeps it: 'a note'
 * @param groups opened; `needed` of them must be writable
 * @returns their id; undefined when nobody has this number, or their record is not open to write it on
 */
export async function rightRecord(
  request: FastifyRequest,
  number: string,
  { what, groups, needed }: { what: string; groups: readonly string[]; needed: string },
): Promise<string | undefined> {
  const { db } = request.server.deps
  const session = sessionOf(request)
  const opened = await openList(db, session, 'search', {
    purpose: `finding the record ${what} belongs in`,
    asked: number,
    correlation: request.id,
  })
  if (!opened.allowed) return undefined
  const found = await reading(db, session, async (trx) => {
    const { rows } = await sql<{ id: string }>`
      select person_id as id from index_card where reference = upper(${number.trim()})`.execute(trx)
    return rows[0]?.id
  })
  if (!found) return undefined
  const right = await openRecord(db, session, found, {
    purpose: `taking over ${what} from the wrong record`,
    groups,
    action: 'write',
    client: clientWords(request),
    correlation: request.id,
  })
  return right.allowed && right.writable.includes(needed) ? found : undefined
}
