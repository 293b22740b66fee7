import { sql, type Transaction } from 'kysely'
import type { Fact } from '../events/kinds.ts'
import { card, type IndexCard, joined } from '../people/index-store.ts'
import type { Day } from '../web/words.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Trx = Transaction<any>

/** Something that the emergency duty team did. */
export interface NightLine {
  readonly line: string
  readonly person: string
  readonly source: 'event' | 'note' | 'opening'
  /** Kind of the event or of the note. */
  readonly kind: string
  readonly at: Date
  readonly by: string | null
  readonly mine: boolean
  /** What a note begins with, or why a record was opened. */
  readonly words: string | null
  readonly fact: Fact | null
  readonly takenBy: string | null
  readonly takenAt: Date | null
}

/** What the night did for the people of the opened list (`night`): what nobody has taken over, and what was since a moment. */
export async function nightLines(trx: Trx, account: string, takenSince: Date): Promise<NightLine[]> {
  const { rows } = await sql<NightLine>`
    select line_id as line, person_id as person, source, kind, at, by_name as by, by_account = ${account} as mine, words, fact,
           taken_by as "takenBy", taken_at as "takenAt"
      from record.night_lines(${takenSince})`.execute(trx)
  return rows
}

/** For how many children something waits that somebody of the day should take over. */
export async function nightWaiting(trx: Trx): Promise<number> {
  const { rows } = await sql<{ waiting: number }>`select record.night_waiting() as waiting`.execute(trx)
  return rows[0]!.waiting
}

/** The cards of everybody of the opened list, by name. */
export async function cardsListed(trx: Trx): Promise<IndexCard[]> {
  const { rows } = await sql<IndexCard>`
    select ${card}, '{}'::text[] as matched from ${joined}
     where c.person_id = any ((select access.listed_ids())::uuid[]) and c.same_as is null
     order by c.name nulls last, c.reference`.execute(trx)
  return rows
}

/** @returns how many of these lines were taken over now */
export async function takeOver(trx: Trx, lines: readonly string[]): Promise<number> {
  const { rows } = await sql<{ taken: number }>`select record.take_over(${lines}::uuid[]) as taken`.execute(
    trx,
  )
  return rows[0]!.taken
}

/** What the night should know of a child. */
export interface Tonight {
  readonly id: string
  readonly person: string
  readonly words: string
  readonly from: Day
  readonly to: Day
  readonly by: string | null
}

/** Of everybody of the opened list (`tonight`). */
export async function tonightListed(trx: Trx): Promise<Tonight[]> {
  const { rows } = await sql<Tonight>`
    select id, person_id as person, words, from_day as "from", to_day as "to", by_name as by from record.tonight_listed()`.execute(
    trx,
  )
  return rows
}

/** Of one child, the latest first; the record must be open (F24). */
export async function tonightOf(
  trx: Trx,
  people: readonly string[],
): Promise<(Tonight & { ended: Day | null })[]> {
  const { rows } = await sql<Tonight & { ended: Day | null }>`
    select t.id, t.person_id as person, t.words, t.from_day as "from", t.to_day as "to", t.ended_on as ended, a.display_name as by
      from tonight t left join access.account a on a.id = t.recorded_by
     where t.person_id = any (${people}::uuid[]) order by t.recorded_at desc limit 50`.execute(trx)
  return rows
}

/** Tells the night something of these children, whose records were opened for writing (F24). */
export async function tellTheNight(
  trx: Trx,
  children: readonly string[],
  { words, from, to }: { words: string; from: Day; to: Day },
): Promise<void> {
  await sql`
    insert into tonight (person_id, words, from_day, to_day)
    select child, ${words}, ${from}::date, ${to}::date from unnest(${children}::uuid[]) as child`.execute(trx)
}

export async function endTonight(trx: Trx, id: string, on: Day): Promise<void> {
  await sql`update tonight set ended_on = ${on}::date where id = ${id} and ended_on is null`.execute(trx)
}
