import { sql } from 'kysely'
import type { Session } from '../web/session.ts'
import type { SignedWord, Words } from './mapping.ts'
import type { Transaction } from './store.ts'

export interface WordRow {
  id: string
  system: string
  field: string
  word: string
  code_set: string
  code: string | null
  nothing: boolean
  times: number
  last_seen_at: Date | null
  said_by: string | null
  said_at: Date | null
  signed_by: string | null
  signed_at: Date | null
  said_name: string | null
  signed_name: string | null
}

/** The words of a system that a load may use. */
export async function signedWords(trx: Transaction, system: string): Promise<SignedWord[]> {
  const { rows } = await sql<SignedWord>`
    select field, word, code from importing.word where system = ${system} and signed_at is not null`.execute(
    trx,
  )
  return rows
}

/** Notes words that nobody has signed, with how often the files of this load have them. */
export async function keepUnmapped(
  trx: Transaction,
  system: string,
  words: ReturnType<Words['unmapped']>,
): Promise<void> {
  if (words.length === 0) return
  const rows = words.map(({ field, set, word, times }) => ({ field, code_set: set, word, times }))
  await sql`
    insert into importing.word (system, field, word, code_set, times, last_seen_at)
    select ${system}, w.field, min(w.word), min(w.code_set), sum(w.times), clock_timestamp()
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w (field text, word text, code_set text, times integer)
     group by w.field, lower(w.word)
    on conflict (system, field, lower(word)) do update set times = excluded.times, last_seen_at = excluded.last_seen_at`.execute(
    trx,
  )
}

export interface FieldOfWords {
  system: string
  field: string
  code_set: string
  words: number
  /** Words that stand for nothing yet, and how many rows have them. */
  unsaid: number
  unsaid_rows: number
  /** Said, and not signed. */
  unsigned: number
}

/** Fields whose files have local words, those with most rows to map first. */
export async function fieldsOfWords(trx: Transaction): Promise<FieldOfWords[]> {
  const { rows } = await sql<FieldOfWords>`
    select system, field, min(code_set) as code_set, count(*) as words,
           count(*) filter (where code is null and not nothing) as unsaid,
           coalesce(sum(times) filter (where code is null and not nothing), 0)::integer as unsaid_rows,
           count(*) filter (where (code is not null or nothing) and signed_at is null) as unsigned
      from importing.word group by system, field order by unsaid_rows desc, system, field`.execute(trx)
  return rows
}

/** The words of one field, those to be said first. */
export async function wordsOf(trx: Transaction, system: string, field: string): Promise<WordRow[]> {
  const { rows } = await sql<WordRow>`
    select w.*, s.display_name as said_name, g.display_name as signed_name
      from importing.word w left join access.account s on s.id = w.said_by left join access.account g on g.id = w.signed_by
     where w.system = ${system} and w.field = ${field}
     order by (w.code is not null or w.nothing), w.times desc, lower(w.word)`.execute(trx)
  return rows
}

/** Says what a word stands for; null: nothing. @returns false when it stood for that already */
export async function sayWord(
  trx: Transaction,
  session: Session,
  word: string,
  code: string | null,
): Promise<boolean> {
  const { rows } = await sql<{ said: boolean }>`
    select importing.say_word(${session.secret}, ${word}::uuid, ${code}, ${code === null}) as said`.execute(
    trx,
  )
  return rows[0]!.said
}

/** Signs what the words of a field stand for, as the page showed them. @returns how many were signed */
export async function signWords(
  trx: Transaction,
  session: Session,
  system: string,
  field: string,
  shown: Date,
): Promise<number> {
  const { rows } = await sql<{ signed: number }>`
    select importing.sign_words(${session.secret}, ${system}, ${field}, ${shown}) as signed`.execute(trx)
  return rows[0]!.signed
}
