import { sql, type Transaction } from 'kysely'
import type { Day } from '../web/words.ts'
import type { Mark, Purpose } from './chronology-curating.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Trx = Transaction<any>

/** What workers said of happenings of these people, as far as it is open. */
export async function marksOf(trx: Trx, people: readonly string[]): Promise<Mark[]> {
  const { rows } = await sql<Mark>`
    select m.person_id as person, m.event_kind as "eventKind", m.fact_id as "factId", m.significant, m.words, m.impact,
           m.left_out_because as "leftOutBecause", (select a.display_name from access.account a where a.id = m.recorded_by) as by
      from chronology_mark m where m.person_id = any (${[...people]}::uuid[])`.execute(trx)
  return rows
}

/** What is said of one happening. */
export interface Marking {
  readonly significant: boolean
  readonly words: string | undefined
  readonly impact: string | undefined
  readonly leftOutBecause: string | undefined
}

/** Says something of a happening, in place of what was said before. False where there is no such happening on these records. */
export async function markEvent(
  trx: Trx,
  people: readonly string[],
  event: string,
  { significant, words, impact, leftOutBecause }: Marking,
): Promise<boolean> {
  const { rows } = await sql`
    insert into chronology_mark (person_id, field_group, event_kind, fact_table, fact_id, significant, words, impact, left_out_because)
    select e.person_id, e.field_group, e.kind, e.fact_table, e.fact_id, ${significant}, ${words ?? null}, ${impact ?? null}, ${leftOutBecause ?? null}
      from event e where e.id = ${event} and e.person_id = any (${[...people]}::uuid[])
    on conflict (person_id, event_kind, fact_id) do update
      set significant = excluded.significant, words = excluded.words, impact = excluded.impact, left_out_because = excluded.left_out_because
    returning id`.execute(trx)
  return rows.length > 0
}

/** A chronology that was kept, for the list. */
export interface Snapshot {
  readonly id: string
  readonly document: string
  readonly purpose: Purpose
  readonly purposeWords: string | null
  readonly asAt: Date
  readonly entries: number
  readonly by: string | null
}

export async function snapshotsOf(trx: Trx, people: readonly string[]): Promise<Snapshot[]> {
  const { rows } = await sql<Snapshot>`
    select s.id, s.document_id as document, s.purpose, s.purpose_words as "purposeWords", s.as_at as "asAt", s.entries,
           (select a.display_name from access.account a where a.id = s.recorded_by) as by
      from chronology_snapshot s where s.person_id = any (${[...people]}::uuid[]) order by s.as_at desc, s.id`.execute(
    trx,
  )
  return rows
}

/** Keeps what a chronology was made for, beside its document, for each child it is about. */
export async function keepSnapshot(
  trx: Trx,
  people: readonly string[],
  stored: string,
  of: {
    purpose: Purpose
    purposeWords: string | undefined
    asAt: Date
    from: Day | undefined
    to: Day | undefined
    entries: number
  },
): Promise<void> {
  await sql`
    insert into chronology_snapshot (person_id, document_id, purpose, purpose_words, as_at, from_day, to_day, entries)
    select d.person_id, d.id, ${of.purpose}, ${of.purposeWords ?? null}, ${of.asAt}, ${of.from ?? null}, ${of.to ?? null}, ${of.entries}
      from document d where d.stored_id = ${stored} and d.person_id = any (${[...people]}::uuid[])`.execute(
    trx,
  )
}

/** The living summary of a record: what stands now and what was said before it, the newest first. */
export interface SummaryWritten {
  readonly id: string
  readonly words: string
  readonly writtenOn: Day
  readonly at: Date
  readonly by: string | null
}

export async function livingSummaries(
  trx: Trx,
  people: readonly string[],
  most = 50,
): Promise<SummaryWritten[]> {
  const { rows } = await sql<SummaryWritten>`
    select s.id, s.words, s.written_on as "writtenOn", s.recorded_at as at,
           (select a.display_name from access.account a where a.id = s.recorded_by) as by
      from living_summary s where s.person_id = any (${[...people]}::uuid[])
     order by s.written_on desc, s.id desc limit ${most}`.execute(trx)
  return rows
}

export async function writeSummary(trx: Trx, person: string, words: string, on: Day): Promise<void> {
  await sql`insert into living_summary (person_id, words, written_on) values (${person}, ${words}, ${on})`.execute(
    trx,
  )
}
