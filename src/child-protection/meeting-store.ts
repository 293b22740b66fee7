import { sql } from 'kysely'
import type { Day } from '../web/words.ts'
import type { Attender, Passage } from './meeting.ts'
import type { Trx } from './together.ts'
import type { Agency, Attendance, Confidence } from './words.ts'

/** Which meeting, or which enquiry's findings: the column that points at it, and its row. */
export interface Of {
  readonly column: 'strategy_discussion_id' | 'conference_id' | 'core_group_id' | 'section_47_findings_id'
  readonly id: string
}

export interface AttenderKept {
  readonly place: number
  readonly agency: Agency
  readonly name: string
  readonly account: string | null
  readonly invitedOn: Day | null
  readonly due: Day | null
  readonly received: Day | null
  readonly attendance: Attendance | null
  readonly because: string | null
  readonly dissent: string | null
}

export interface PassageKept {
  readonly part: Passage['part']
  readonly words: string
  readonly agency: Agency | null
  readonly origin: string
  readonly originWords: string | null
  readonly sure: Confidence | null
  readonly about: string | null
  readonly parentMayRead: boolean
  readonly childMayRead: boolean
}

/** Keeps the lines of a meeting's people: a line stays in its place, and what a form did not ask stays as it was. */
export async function keepAttenders(
  trx: Trx,
  { column, id }: Of,
  person: string,
  people: readonly Attender[],
  invitedOn: Day | null = null,
): Promise<void> {
  const key = sql.ref(column)
  const rows = JSON.stringify(people)
  const given = sql`
    select p.place, p.agency, p.name, nullif(p.account, '')::uuid as account, p.due, p.received, p.attendance, p.because, p.dissent
      from jsonb_to_recordset(${rows}::jsonb) as p (place smallint, agency text, name text, account text, due date, received date,
           attendance text, because text, dissent text)`
  await sql`
    update meeting_attender m
       set agency = g.agency, name = g.name, account_id = coalesce(g.account, m.account_id), report_due_on = coalesce(g.due, m.report_due_on),
           report_received_on = coalesce(g.received, m.report_received_on), attendance = coalesce(g.attendance, m.attendance),
           attendance_words = coalesce(g.because, m.attendance_words), dissent_words = coalesce(g.dissent, m.dissent_words)
      from (${given}) g
     where m.${key} = ${id} and m.place = g.place`.execute(trx)
  await sql`
    insert into meeting_attender (person_id, ${key}, place, agency, name, account_id, invited_on, report_due_on, report_received_on,
                                  attendance, attendance_words, dissent_words)
    select ${person}, ${id}, g.place, g.agency, g.name, g.account, ${invitedOn}, g.due, g.received, g.attendance, g.because, g.dissent
      from (${given}) g
     where not exists (select from meeting_attender m where m.${key} = ${id} and m.place = g.place)`.execute(
    trx,
  )
}

/** Adds what was said, after what is there. */
export async function addPassages(
  trx: Trx,
  { column, id }: Of,
  person: string,
  passages: readonly Passage[],
): Promise<void> {
  if (passages.length === 0) return
  const key = sql.ref(column)
  await sql`
    insert into meeting_passage (person_id, ${key}, part, place, words, agency, origin, origin_words, confidence, about_words,
                                 child_may_read, parent_may_read)
    select ${person}, ${id}, p.part, p.place + (select count(*) from meeting_passage m where m.${key} = ${id}), p.words, p.agency,
           p.origin, p."originWords", p.sure, p.about, p."childMayRead", p."parentMayRead"
      from jsonb_to_recordset(${JSON.stringify(passages.map((one, place) => ({ ...one, place })))}::jsonb)
        as p (part text, place smallint, words text, agency text, origin text, "originWords" text, sure text, about text,
              "childMayRead" boolean, "parentMayRead" boolean)`.execute(trx)
}

/** A part of an enquiry that is one text: written, or written again. */
export async function keepPassage(
  trx: Trx,
  { column, id }: Of,
  person: string,
  passage: Passage | undefined,
): Promise<void> {
  if (!passage) return
  const { rows } = await sql`
    update meeting_passage set words = ${passage.words}
     where ${sql.ref(column)} = ${id} and part = ${passage.part} returning id`.execute(trx)
  if (rows.length === 0) await addPassages(trx, { column, id }, person, [passage])
}

/** Who was asked to meetings and came, by the meeting's id. */
export async function attendersAt(
  trx: Trx,
  column: Of['column'],
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly AttenderKept[]>> {
  const { rows } = await sql<AttenderKept & { of: string }>`
    select ${sql.ref(column)} as "of", place, agency, name, account_id as account, invited_on as "invitedOn", report_due_on as due,
           report_received_on as received, attendance, attendance_words as because, dissent_words as dissent
      from meeting_attender where ${sql.ref(column)} = any (${[...ids]}::uuid[]) order by place`.execute(trx)
  return grouped(rows)
}

/** What was said there, by the meeting's id. */
export async function passagesAt(
  trx: Trx,
  column: Of['column'],
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly PassageKept[]>> {
  const { rows } = await sql<PassageKept & { of: string }>`
    select ${sql.ref(column)} as "of", part, words, agency, origin, origin_words as "originWords", confidence as sure, about_words as about,
           parent_may_read as "parentMayRead", child_may_read as "childMayRead"
      from meeting_passage where ${sql.ref(column)} = any (${[...ids]}::uuid[]) order by place, id`.execute(
    trx,
  )
  return grouped(rows)
}

function grouped<T extends { of: string }>(rows: readonly T[]): Map<string, T[]> {
  const found = new Map<string, T[]>()
  for (const row of rows) found.set(row.of, [...(found.get(row.of) ?? []), row])
  return found
}
