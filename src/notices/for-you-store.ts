import { sql, type Transaction } from 'kysely'
import type { Fact } from '../events/kinds.ts'
import type { Day } from '../web/words.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Trx = Transaction<any>

/** Something somebody was told. */
export interface Told {
  readonly id: string
  readonly kind: string
  readonly person: string | null
  readonly about: string | null
  readonly by: string | null
  readonly madeAt: Date
  readonly readAt: Date | null
  /** Of what happened: its kind, day and fact. */
  readonly event: string | null
  readonly happenedOn: Day | null
  readonly fact: Fact | null
}

/** What was asked of this session’s account, and what happened on records of the opened list (`caseload`), the latest first. */
export async function forYou(trx: Trx): Promise<Told[]> {
  const { rows } = await sql<Told>`
    select id, kind, person_id as person, about_id as about, by_name as by, made_at as "madeAt", read_at as "readAt", event,
           happened_on as "happenedOn", fact
      from record.for_you()`.execute(trx)
  return rows
}

/** Who is family to whom among the people of the opened list: each with the family they are in. */
export async function familiesListed(trx: Trx, on: Day): Promise<Map<string, string>> {
  const { rows } = await sql<{ person: string; family: string }>`
    select person_id as person, family from record.listed_families(${on}::date)`.execute(trx)
  return new Map(rows.map(({ person, family }) => [person, family]))
}

/** Marks these as read; all that is unread when absent. */
export async function readForYou(trx: Trx, ids?: readonly string[]): Promise<void> {
  await sql`select access.read_for_you(${ids ?? null}::uuid[])`.execute(trx)
}

export async function digestHour(trx: Trx): Promise<number | undefined> {
  const { rows } = await sql<{ hour: number }>`select hour from team.digest`.execute(trx)
  return rows[0]?.hour
}

export async function setDigest(trx: Trx, hour: number | undefined): Promise<void> {
  await sql`select team.set_digest(${hour ?? null}::integer)`.execute(trx)
}
