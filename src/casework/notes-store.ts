import { randomUUID } from 'node:crypto'
import { sql, type Transaction } from 'kysely'
import type { Day } from '../web/words.ts'
import type { NoteKind, NotePlace, VisitKind } from './note-kinds.ts'
import type { NoteRow, Part } from './notes.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Trx = Transaction<any>

/** A visit as a note tells of it. */
export interface VisitTold {
  readonly kind: VisitKind
  readonly seen: boolean
  readonly seenAlone: boolean | null
  readonly bedroom: boolean | null
  readonly because: string | null
}

export interface NoteInList {
  readonly id: string
  readonly kind: NoteKind
  readonly day: Day
  readonly at: Date | null
  readonly recordedAt: Date
  readonly author: string | null
  readonly significantWords: string | null
  readonly significant: boolean
  readonly visit: VisitTold | null
  /** The first words of what happened. */
  readonly begins: string | null
  readonly additions: number
}

export interface ParagraphKept {
  readonly part: Part
  readonly words: string
  readonly origin: string
  readonly about: string | null
  readonly childMayRead: boolean
  readonly parentMayRead: boolean
}

export interface NoteKept extends NoteInList {
  readonly person: string
  readonly place: NotePlace | null
  readonly placeWords: string | null
  readonly writtenTogether: string | null
  readonly paragraphs: readonly ParagraphKept[]
  readonly present: readonly { readonly person: string | null; readonly words: string | null }[]
  readonly added: readonly {
    readonly id: string
    readonly author: string | null
    readonly recordedAt: Date
    readonly paragraphs: readonly ParagraphKept[]
  }[]
}

/**
 * Files one write-up as a note for each child, in the transaction of the caller (`writing`): each with its paragraphs,
 * who was there and, for a visit, whether the child was seen.
 * @returns the notes' ids, in the order of the children
 */
export async function fileNotes(trx: Trx, author: string, rows: readonly NoteRow[]): Promise<string[]> {
  const together = rows.length > 1 ? randomUUID() : null
  const ids: string[] = []
  for (const row of rows) {
    const moment = sql`(${row.day}::date + ${row.at}::time) at time zone 'Europe/London'`
    const { rows: made } = await sql<{ id: string }>`
      insert into case_note (person_id, kind, note_date, note_at, place, place_words, written_together, significant, significant_words, author_id)
      values (${row.child}, ${row.kind}, ${row.day}, ${moment}, ${row.place ?? null}, ${row.placeWords ?? null}, ${together},
              ${row.significant}, ${row.significantWords ?? null}, ${author}) returning id`.execute(trx)
    const note = made[0]!.id
    ids.push(note)
    await addParagraphs(
      trx,
      row.child,
      note,
      row.paragraphs.filter(({ leftOut }) => !leftOut),
    )
    for (const present of row.present)
      await sql`insert into note_present (person_id, case_note_id, present_person_id) values (${row.child}, ${note}, ${present})`.execute(
        trx,
      )
    if (row.presentWords)
      await sql`insert into note_present (person_id, case_note_id, words) values (${row.child}, ${note}, ${row.presentWords})`.execute(
        trx,
      )
    if (row.visit)
      await sql`
        insert into visit (person_id, case_note_id, kind, visit_date, visit_at, seen, seen_alone, bedroom_seen, not_seen_because)
        values (${row.child}, ${note}, ${row.visit.kind}, ${row.day}, ${moment}, ${row.visit.seen}, ${row.visit.alone ?? null},
                ${row.visit.bedroom}, ${row.visit.because ?? null})`.execute(trx)
  }
  return ids
}

async function addParagraphs(
  trx: Trx,
  child: string,
  note: string,
  paragraphs: readonly {
    part: Part
    words: string
    origin: string
    about: string | undefined
    childMayRead: boolean
    parentMayRead: boolean
  }[],
): Promise<void> {
  const places = new Map<Part, number>()
  const rows = paragraphs.map((one) => {
    const place = places.get(one.part) ?? 0
    places.set(one.part, place + 1)
    return { ...one, place }
  })
  await sql`
    insert into note_paragraph (person_id, case_note_id, place, part, words, origin, about_words, child_may_read, parent_may_read)
    select ${child}, ${note}, p.place, p.part, p.words, p.origin, p.about, p."childMayRead", p."parentMayRead"
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as p (place smallint, part text, words text, origin text, about text, "childMayRead" boolean, "parentMayRead" boolean)`.execute(
    trx,
  )
}

/** Adds words under a filed note; the note itself stays as it was filed. False when there is no such note to add to. */
export async function addToNote(
  trx: Trx,
  author: string,
  note: string,
  paragraphs: Parameters<typeof addParagraphs>[3],
  now: Day,
): Promise<boolean> {
  const { rows } = await sql<{ id: string; person_id: string }>`
    insert into case_note (person_id, kind, note_date, adds_to_id, author_id)
    select person_id, kind, ${now}, id, ${author} from case_note where id = ${note} and adds_to_id is null
    returning id, person_id`.execute(trx)
  if (!rows[0]) return false
  await addParagraphs(trx, rows[0].person_id, rows[0].id, paragraphs)
  return true
}

/** Marks a note for the chronology, or takes the mark away. */
export async function markSignificant(
  trx: Trx,
  note: string,
  significant: boolean,
  words: string | undefined,
): Promise<boolean> {
  const { rows } = await sql`
    update case_note set significant = ${significant}, significant_words = ${significant ? (words ?? null) : null}
     where id = ${note} and adds_to_id is null returning id`.execute(trx)
  return rows.length > 0
}

/**
 * A note recorded on the wrong person goes to the record it belongs in, or out of every record, with its visit and what
 * stood before. Both records must have been opened to write.
 */
export async function moveNote(trx: Trx, note: string, to: string | null, reason: string): Promise<boolean> {
  const { rows } = await sql<{
    done: boolean
  }>`select record.move_note(${note}, ${to}, ${reason}) as done`.execute(trx)
  return rows[0]!.done
}

const told = sql`
  n.id, n.kind, n.note_date as day, n.note_at as at, n.recorded_at as "recordedAt", n.significant, n.significant_words as "significantWords",
  coalesce(n.author_words, (select a.display_name from access.account a where a.id = n.author_id)) as author,
  (select jsonb_build_object('kind', v.kind, 'seen', v.seen, 'seenAlone', v.seen_alone, 'bedroom', v.bedroom_seen, 'because', v.not_seen_because)
     from visit v where v.case_note_id = n.id limit 1) as visit,
  (select left(p.words, 200) from note_paragraph p where p.case_note_id = n.id and p.part = 'happened' order by p.place limit 1) as begins,
  (select count(*)::int from case_note more where more.adds_to_id = n.id) as additions`

export interface NotesAsked {
  readonly kinds?: readonly string[] | undefined
  /** Words that must stand in the note. */
  readonly words?: string | undefined
  readonly offset: number
  readonly most: number
}

/** A child's notes, the latest first, with how many there are. */
export async function notesOf(
  trx: Trx,
  people: readonly string[],
  { kinds, words, offset, most }: NotesAsked,
): Promise<{ notes: NoteInList[]; total: number }> {
  const which = sql`
    n.person_id = any (${[...people]}::uuid[]) and n.adds_to_id is null
    ${kinds?.length ? sql`and n.kind = any (${[...kinds]}::text[])` : sql``}
    ${words ? sql`and exists (select from note_paragraph p where p.case_note_id = n.id and p.words ilike ${`%${words.replace(/[\\%_]/g, '\\$&')}%`})` : sql``}`
  const { rows } = await sql<NoteInList>`
    select ${told} from case_note n where ${which}
     order by n.note_date desc, n.note_at desc nulls last, n.id desc limit ${most} offset ${offset}`.execute(
    trx,
  )
  const { rows: counted } = await sql<{ total: number }>`
    select count(*)::int as total from case_note n where ${which}`.execute(trx)
  return { notes: rows, total: counted[0]!.total }
}

const paragraphs = (note: ReturnType<typeof sql>) => sql`
  (select coalesce(jsonb_agg(jsonb_build_object('part', p.part, 'words', p.words, 'origin', p.origin, 'about', p.about_words,
            'childMayRead', p.child_may_read, 'parentMayRead', p.parent_may_read)
            order by array_position('{happened,child-said,meaning}', p.part), p.place), '[]')
     from note_paragraph p where p.case_note_id = ${note})`

/** One note with all that stands under it; undefined when it is not among these people's. */
export async function noteOf(
  trx: Trx,
  people: readonly string[],
  note: string,
): Promise<NoteKept | undefined> {
  const { rows } = await sql<NoteKept>`
    select ${told}, n.person_id as person, n.place, n.place_words as "placeWords", n.written_together as "writtenTogether",
           ${paragraphs(sql`n.id`)} as paragraphs,
           (select coalesce(jsonb_agg(jsonb_build_object('person', w.present_person_id, 'words', w.words)), '[]')
              from note_present w where w.case_note_id = n.id) as present,
           (select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'recordedAt', m.recorded_at,
                     'author', (select a.display_name from access.account a where a.id = m.author_id), 'paragraphs', ${paragraphs(sql`m.id`)})
                     order by m.recorded_at), '[]')
              from case_note m where m.adds_to_id = n.id) as added
      from case_note n
     where n.id = ${note} and n.person_id = any (${[...people]}::uuid[]) and n.adds_to_id is null`.execute(
    trx,
  )
  return rows[0]
}

/** When a child was last seen, and last seen alone, with what the child said then as far as that is open. */
export interface LastSeen {
  readonly seen: { readonly day: Day; readonly note: string | null } | null
  readonly alone: { readonly day: Day; readonly note: string | null } | null
  readonly words: string | null
}

export async function lastSeen(trx: Trx, people: readonly string[], on: Day): Promise<LastSeen> {
  const last = (alone: boolean) => sql`
    (select jsonb_build_object('day', v.seen_on, 'note', v.case_note_id) from visit v
      where v.person_id = any (${[...people]}::uuid[]) and v.seen_on <= ${on} ${alone ? sql`and v.seen_alone` : sql``}
      order by v.seen_on desc, v.id desc limit 1)`
  const { rows } = await sql<LastSeen>`
    select ${last(false)} as seen, ${last(true)} as alone,
           (select string_agg(p.words, E'\n' order by p.place) from note_paragraph p
             where p.part = 'child-said' and p.case_note_id = (
               select v.case_note_id from visit v join note_paragraph s on s.case_note_id = v.case_note_id and s.part = 'child-said'
                where v.person_id = any (${[...people]}::uuid[]) and v.seen_on <= ${on} order by v.seen_on desc, v.id desc limit 1)) as words`.execute(
    trx,
  )
  return rows[0]!
}
