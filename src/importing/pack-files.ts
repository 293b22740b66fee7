import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, realpath, stat } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { sql } from 'kysely'
import {
  discard,
  keepFor,
  NotTaken,
  plainName,
  type TakenIn,
  takeIn,
  type Vault,
} from '../casework/documents/vault.ts'
import type { SourceFile } from './ssd-files.ts'
import { setUp } from './ssd-staging.ts'
import type { Transaction } from './store.ts'

/*
 * The files beside a pack's index: documents, which are encrypted and scanned as any other before their rows are
 * written, and texts of notes that stand in a file of their own.
 */

/** A row of an index that names a file. */
interface Named {
  place: number
  file: number
  name: string | null
}
interface Document extends Named {
  id: string
  sha256: string | null
  /** Of the document that an earlier load made of it for this person. */
  kept: string | null
}

const longestNote = 1 << 20

export class PackFiles {
  readonly #taken = new Map<string, { taken: TakenIn; people: string[] }>()

  /**
   * @param vault where documents are kept; none where nobody has said where
   * @param files of the pack, by their number from 1
   */
  constructor(
    private readonly trx: Transaction,
    private readonly system: string,
    private readonly vault: Vault | undefined,
    private readonly files: readonly SourceFile[],
    private readonly says: (text: string) => void,
  ) {}

  /** Prepares the table that the landing of documents joins. */
  async begin(): Promise<void> {
    await setUp(
      this.trx,
      'staged_pack_file',
      [
        ['place', 'integer'],
        ['stored', 'uuid'],
        ['name', 'text'],
        ['media', 'text'],
        ['size', 'bigint'],
        ['sha256', 'text'],
      ],
      ['place'],
    )
  }

  /** Reads the texts of notes that have theirs in a file; what cannot be read holds the row. */
  async readNotes(): Promise<void> {
    const { rows } = await sql<Named>`
      select place, file, file_name as name from staged_pack_notes
       where held is null and text is null and file_name is not null order by place`.execute(this.trx)
    for (const row of rows) {
      const path = await this.#pathOf(row)
      if (typeof path !== 'string') await this.#hold('pack_notes', row.place, path.wrong)
      else if (!/\.(txt|text|md)$/i.test(path))
        await this.#hold('pack_notes', row.place, 'file_name: a note’s file is plain text (.txt)')
      else if ((await stat(path)).size > longestNote)
        await this.#hold('pack_notes', row.place, 'file_name: the text is longer than a note can be')
      else
        await sql`update staged_pack_notes set text = nullif(btrim(${textIn(await readFile(path))}, E' \\n\\r\\t'), '')
                   where place = ${row.place}`.execute(this.trx)
    }
  }

  /** Takes in the file of every document whose person is in the record; one file of several people is taken in once. */
  async takeInDocuments(): Promise<void> {
    const documents = await this.#documents()
    for (const [n, row] of documents.entries()) {
      if (n % 100 === 0) this.says(`Taking in documents: ${n.toLocaleString('en-GB')} of ${documents.length}`)
      const wrong = await this.#one(row)
      if (wrong !== undefined) await this.#hold('pack_documents', row.place, wrong)
    }
  }

  /** Lets those whose documents came in have them: before the rows are committed, as a row without its key is a gap. */
  async keep(): Promise<void> {
    if (!this.vault) return
    const { rows } = await sql<{ stored: string; people: string[] }>`
      select d.stored_id as stored, array_agg(d.person_id) as people from record.document d
       where d.stored_id = any (${[...this.#taken.keys()]}::uuid[]) group by d.stored_id`.execute(this.trx)
    const held = new Map(rows.map(({ stored, people }) => [stored, people]))
    for (const [stored, one] of this.#taken) {
      one.people = held.get(stored) ?? []
      if (one.people.length > 0) await keepFor(this.vault, one.taken, one.people)
      else await this.#forget(stored)
    }
  }

  /** After all did not come in: nothing of the files is left. */
  async drop(): Promise<void> {
    for (const stored of [...this.#taken.keys()]) await this.#forget(stored)
  }

  async #forget(stored: string): Promise<void> {
    const { taken, people } = this.#taken.get(stored)!
    await discard(this.vault!, [taken], people)
    this.#taken.delete(stored)
  }

  async #documents(): Promise<Document[]> {
    const { rows } = await sql<Document>`
      select s.place, s.file, s.file_name as name, s.document_id as id, lower(s.sha256) as sha256, k.fact_id as kept
        from staged_pack_documents s
        join staged_who w on w.source = s.person_id and w.person is not null and w.held is null
        left join importing.source_key k on k.system = ${this.system} and k.source_table = 'pack_documents' and k.fact_table = 'document'
             and k.source_id = s.document_id and k.person_id = w.person
       where s.held is null order by s.document_id, s.place`.execute(this.trx)
    return rows
  }

  /** The last file that was taken in, with the row it stood in: the rows of one document follow each other. */
  #last: { id: string; path: string; stored: string } | undefined

  async #one(row: Document): Promise<string | undefined> {
    const path = await this.#pathOf(row)
    if (row.kept !== null) return this.#asKept(row, typeof path === 'string' ? path : undefined)
    if (typeof path !== 'string') return path.wrong
    if (!this.vault) return 'this service has no place for documents yet (docs/operations.md, Documents)'
    if (this.#last?.id !== row.id || this.#last.path !== path) {
      const taken = await this.#takeIn(path)
      if (typeof taken === 'string') return taken
      this.#taken.set(taken.stored, { taken, people: [] })
      this.#last = { id: row.id, path, stored: taken.stored }
    }
    const { taken } = this.#taken.get(this.#last.stored)!
    if (row.sha256 !== null && row.sha256 !== taken.sha256)
      return 'sha256: the file is not the one that the index speaks of'
    await sql`insert into staged_pack_file values (${row.place}, ${taken.stored}, ${taken.fileName}, ${taken.type.media}, ${taken.size}, ${taken.sha256})`.execute(
      this.trx,
    )
    return undefined
  }

  async #takeIn(path: string): Promise<TakenIn | string> {
    try {
      // What an e-mail brought with it stays within it.
      return { ...(await takeIn(this.vault!, createReadStream(path), plainName(path))), whole: undefined }
    } catch (error) {
      if (error instanceof NotTaken) return `file_name: the file ${error.message}`
      throw error
    }
  }

  /** A document that an earlier load brought stands as it does, unless the file is another now. */
  async #asKept(row: Document, path: string | undefined): Promise<string | undefined> {
    const { rows } = await sql<{ sha256: string }>`
      insert into staged_pack_file select ${row.place}, d.stored_id, d.file_name, d.media_type, d.size_bytes, d.sha256
        from record.document d where d.id = ${row.kept} returning sha256`.execute(this.trx)
    const kept = rows[0]?.sha256
    if (kept === undefined) return 'it was loaded before and taken off the record here: not loaded again'
    if (path !== undefined && (await hashOf(path)) !== kept)
      return 'file_name: another file than was loaded before under this document_id: give it an identifier of its own'
    return undefined
  }

  /** Where a row's file lies: beside its index or in a folder below, never anywhere else. */
  async #pathOf({ name, file }: Named): Promise<string | { wrong: string }> {
    if (name === null) return { wrong: 'file_name is missing' }
    const folder = await realpath(dirname(this.files[file - 1]!.path))
    const path = await realpath(join(folder, name.replaceAll('\\', '/'))).catch(() => undefined)
    if (path === undefined) return { wrong: 'file_name: there is no such file beside the index' }
    if (!path.startsWith(folder + sep)) return { wrong: 'file_name: leads out of the pack' }
    return (await stat(path)).isFile() ? path : { wrong: 'file_name: is a folder' }
  }

  async #hold(table: 'pack_notes' | 'pack_documents', place: number, reason: string): Promise<void> {
    await sql`update ${sql.table(`staged_${table}`)} set held = ${reason} where place = ${place}`.execute(
      this.trx,
    )
    await sql`insert into staged_outcome values (${table}, ${place}, true, ${reason}, null, null)`.execute(
      this.trx,
    )
  }
}

/** UTF-8 with or without its mark; else as Windows wrote it. */
function textIn(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replaceAll('\0', '')
  } catch {
    return new TextDecoder('windows-1252').decode(bytes).replaceAll('\0', '')
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const bytes of createReadStream(path)) hash.update(bytes as Buffer)
  return hash.digest('hex')
}
