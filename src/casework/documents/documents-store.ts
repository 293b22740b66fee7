import { sql, type Transaction } from 'kysely'
import type { Day } from '../../web/words.ts'
import type { Filing } from './documents.ts'
import type { DocumentKind } from './kinds.ts'
import type { TakenIn } from './vault.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Trx = Transaction<any>

/** A document as the record tells of it. */
export interface DocumentKept {
  readonly id: string
  readonly person: string
  readonly group: string
  readonly kind: DocumentKind
  readonly title: string
  readonly documentDate: Day | null
  readonly receivedOn: Day
  readonly origin: string | null
  readonly origin_words: string | null
  readonly ask_first: boolean
  readonly childMayRead: boolean
  readonly parentMayRead: boolean
  readonly partOf: string | null
  readonly fileName: string
  readonly media: string
  readonly size: number
  readonly sha256: string
  readonly stored: string
  readonly filedForOthers: boolean
  readonly recordedAt: Date
  readonly recordedBy: string | null
  /** How many documents came inside it. */
  readonly parts: number
}

/** What holds for every file of a form. */
export interface FiledAs {
  readonly receivedOn: Day
  readonly origin: string | null
  readonly origin_words: string | null
  readonly ask_first: boolean
  readonly childMayRead: boolean
  readonly parentMayRead: boolean
}

/** Which field group a document of this kind belongs to. */
export async function groupOfKind(trx: Trx, kind: DocumentKind): Promise<string> {
  const { rows } = await sql<{ group: string }>`select record.document_group(${kind}) as group`.execute(trx)
  return rows[0]!.group
}

/**
 * Files each document for each person it is about, in the transaction of the caller (`writing`); what came inside one
 * stands under it.
 * @returns the ids of the first person's documents, in the order of the files
 */
export async function fileDocuments(
  trx: Trx,
  people: readonly string[],
  filings: readonly Filing[],
  as: FiledAs,
): Promise<string[]> {
  const ids: string[] = []
  const add = async (person: string, one: Omit<Filing, 'parts'>, partOf: string | null): Promise<string> => {
    const { taken } = one
    const { rows } = await sql<{ id: string }>`
      insert into document (person_id, kind, title, document_date, received_on, origin, origin_words, ask_first, child_may_read,
                            parent_may_read, part_of_id, file_name, media_type, size_bytes, sha256, stored_id, filed_for_others)
      values (${person}, ${one.kind}, ${one.title}, ${one.documentDate ?? null}, ${as.receivedOn}, ${as.origin},
              ${one.from ?? as.origin_words}, ${as.ask_first}, ${as.childMayRead}, ${as.parentMayRead}, ${partOf}, ${taken.fileName},
              ${taken.type.media}, ${taken.size}, ${taken.sha256}, ${taken.stored}, ${people.length > 1}) returning id`.execute(
      trx,
    )
    return rows[0]!.id
  }
  for (const person of people)
    for (const filing of filings) {
      const id = await add(person, filing, null)
      if (person === people[0]) ids.push(id)
      for (const part of filing.parts) await add(person, partOf(filing, part), id)
    }
  return ids
}

/** What came inside an e-mail is of the e-mail's kind where that says what it is about, and otherwise of none. */
const partOf = (filing: Filing, taken: TakenIn): Omit<Filing, 'parts'> => ({
  ...filing,
  taken,
  kind: filing.kind === 'e-mail' ? 'other' : filing.kind,
  title: taken.fileName,
})

const told = sql`
  d.id, d.person_id as person, d.field_group as "group", d.kind, d.title, d.document_date as "documentDate", d.received_on as "receivedOn",
  d.origin, d.origin_words, d.ask_first, d.child_may_read as "childMayRead", d.parent_may_read as "parentMayRead",
  d.part_of_id as "partOf", d.file_name as "fileName", d.media_type as media, d.size_bytes::float8 as size, d.sha256,
  d.stored_id as stored, d.filed_for_others as "filedForOthers", d.recorded_at as "recordedAt",
  (select a.display_name from access.account a where a.id = d.recorded_by) as "recordedBy",
  (select count(*)::int from document p where p.part_of_id = d.id) as parts`

export interface DocumentsAsked {
  readonly kinds: readonly string[]
  /** Words that must stand in its title, its file's name, or from whom it is. */
  readonly words: string | undefined
  readonly offset: number
  readonly most: number
}

/** A child's documents, the latest first, with how many there are; what came inside another only when it is looked for. */
export async function documentsOf(
  trx: Trx,
  people: readonly string[],
  { kinds, words, offset, most }: DocumentsAsked,
): Promise<{ documents: DocumentKept[]; total: number }> {
  const like = `%${(words ?? '').replace(/[\\%_]/g, '\\$&')}%`
  const which = sql`
    d.person_id = any (${[...people]}::uuid[])
    ${kinds.length > 0 ? sql`and d.kind = any (${[...kinds]}::text[])` : sql``}
    ${words ? sql`and (d.title ilike ${like} or d.file_name ilike ${like} or d.origin_words ilike ${like})` : sql``}
    ${kinds.length === 0 && !words ? sql`and d.part_of_id is null` : sql``}`
  const { rows } = await sql<DocumentKept>`
    select ${told} from document d where ${which} order by coalesce(d.document_date, d.received_on) desc, d.id desc
     limit ${most} offset ${offset}`.execute(trx)
  const { rows: counted } = await sql<{
    total: number
  }>`select count(*)::int as total from document d where ${which}`.execute(trx)
  return { documents: rows, total: counted[0]!.total }
}

/** One document; undefined when it is not among these people's, or not open. */
export async function documentOf(
  trx: Trx,
  people: readonly string[],
  document: string,
): Promise<DocumentKept | undefined> {
  const { rows } = await sql<DocumentKept>`
    select ${told} from document d where d.id = ${document} and d.person_id = any (${[...people]}::uuid[])`.execute(
    trx,
  )
  return rows[0]
}

/** What came inside a document, in the order it was filed. */
export async function partsOf(trx: Trx, document: string): Promise<DocumentKept[]> {
  const { rows } = await sql<DocumentKept>`
    select ${told} from document d where d.part_of_id = ${document} order by d.id`.execute(trx)
  return rows
}

/** Puts a document on the record it belongs in, with what came inside it and what stood before. */
export async function moveRows(trx: Trx, document: string, to: string, reason: string): Promise<boolean> {
  const { rows } = await sql<{
    done: boolean
  }>`select record.move_document(${document}, ${to}, ${reason}) as done`.execute(trx)
  return rows[0]!.done
}

/** Takes a document that was filed in error out of the record; its history keeps what stood. */
export async function takeBack(trx: Trx, document: DocumentKept, reason: string): Promise<boolean> {
  let done = true
  for (const { id } of [...(await partsOf(trx, document.id)), document]) {
    const { rows } = await sql<{
      done: boolean
    }>`select record.take_back('document', ${id}, ${reason}) as done`.execute(trx)
    done &&= rows[0]!.done
  }
  return done
}
