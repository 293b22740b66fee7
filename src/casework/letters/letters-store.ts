import { randomUUID } from 'node:crypto'
import { sql, type Transaction } from 'kysely'
import type { Day } from '../../web/words.ts'
import { fileDocuments } from '../documents/documents-store.ts'
import type { TakenIn } from '../documents/vault.ts'
import type { Paper } from '../papers/paper.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Trx = Transaction<any>

export type AddresseeKind = 'family' | 'child' | 'professional'

/** A letter that was made, as the record tells of it. */
export interface LetterKept {
  readonly id: string
  readonly person: string
  readonly document: string
  readonly title: string
  readonly template: string | null
  readonly addresseeKind: AddresseeKind
  readonly addressee: string | null
  readonly addresseeWords: string
  readonly content: Paper
  readonly translateInto: string | null
  readonly translatedOn: Day | null
  readonly together: string | null
  readonly printAskedAt: Date | null
  readonly printedAt: Date | null
  readonly printedBy: string | null
  readonly by: string | null
  readonly at: Date
}

/** What is filed: the same for every child it is about. */
export interface LetterMade {
  readonly paper: Paper
  readonly title: string
  readonly version: string | undefined
  readonly addressee: {
    readonly kind: AddresseeKind
    readonly person: string | undefined
    readonly words: string
  }
  /** The addressee may not know where the children live: looked at again when it is printed. */
  readonly homeKept: boolean
  readonly translateInto: string | undefined
  readonly toPrint: boolean
  readonly day: Day
}

/**
 * Files a letter for each child it is about, in the transaction of the caller (`writing`): its PDF among the documents, and what it says.
 * @param taken its PDF, in the vault, with its key kept for these people
 * @returns the letter’s id on the record of the first
 */
export async function fileLetter(
  trx: Trx,
  people: readonly string[],
  taken: TakenIn,
  made: LetterMade,
): Promise<string> {
  const { addressee } = made
  await fileDocuments(
    trx,
    people,
    [{ taken, kind: 'letter-out', title: made.title, documentDate: made.day, from: undefined, parts: [] }],
    {
      receivedOn: made.day,
      origin: 'worker',
      origin_words: null,
      ask_first: false,
      childMayRead: addressee.kind !== 'professional',
      parentMayRead: addressee.kind === 'family',
    },
  )
  const { rows } = await sql<{ id: string; person: string }>`
    insert into letter (person_id, document_id, template_version_id, addressee_kind, addressee_person_id, addressee_words, content,
                        home_kept, translate_into, written_together, print_asked_at)
    select d.person_id, d.id, ${made.version ?? null}, ${addressee.kind}, ${addressee.person ?? null}, ${addressee.words},
           ${JSON.stringify(made.paper)}::jsonb, ${made.homeKept}, ${made.translateInto ?? null},
           ${people.length > 1 ? randomUUID() : null}, ${made.toPrint ? sql`clock_timestamp()` : null}
      from document d where d.stored_id = ${taken.stored} and d.person_id = any (${[...people]}::uuid[])
    returning id, person_id as person`.execute(trx)
  return rows.find(({ person }) => person === people[0])!.id
}

const told = sql`
  l.id, l.person_id as person, l.document_id as document, d.title, t.name as template, l.addressee_kind as "addresseeKind",
  l.addressee_person_id as addressee, l.addressee_words as "addresseeWords", l.content, l.translate_into as "translateInto",
  l.translated_on as "translatedOn", l.written_together as together, l.print_asked_at as "printAskedAt", l.printed_at as "printedAt",
  (select a.display_name from access.account a where a.id = l.printed_by) as "printedBy",
  (select a.display_name from access.account a where a.id = l.recorded_by) as by, l.recorded_at as at`
const joined = sql`
  letter l join document d on d.id = l.document_id
  left join letters.template_version v on v.id = l.template_version_id left join letters.template t on t.code = v.template`

/** Letters of a record, the latest first. */
export async function lettersOf(trx: Trx, people: readonly string[], most = 200): Promise<LetterKept[]> {
  const { rows } = await sql<LetterKept>`
    select ${told} from ${joined} where l.person_id = any (${[...people]}::uuid[]) order by l.recorded_at desc, l.id limit ${most}`.execute(
    trx,
  )
  return rows
}

/** One letter; undefined when it is not among these people’s, or not open. */
export async function letterOf(
  trx: Trx,
  people: readonly string[],
  letter: string,
): Promise<LetterKept | undefined> {
  const { rows } = await sql<LetterKept>`
    select ${told} from ${joined} where l.id = ${letter} and l.person_id = any (${[...people]}::uuid[])`.execute(
    trx,
  )
  return rows[0]
}

/** A letter that waits to be printed. */
export interface Waiting {
  readonly id: string
  readonly person: string
  readonly name: string
  readonly addresseeWords: string
  readonly addressee: string | null
  readonly homeKept: boolean
  readonly content: Paper
  readonly translateInto: string | null
  readonly together: string | null
  readonly askedAt: Date
  readonly by: string | null
}

/** Letters that wait to be printed, of an opened list of one’s own work; one about several children is there once. */
export async function waitingLetters(trx: Trx, most = 200): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    select distinct on (coalesce(l.written_together, l.id)) l.id, l.person_id as person, coalesce(c.name, c.local_id, c.reference) as name,
           l.addressee_words as "addresseeWords", l.addressee_person_id as addressee, l.home_kept as "homeKept", l.content,
           l.translate_into as "translateInto", l.written_together as together, l.print_asked_at as "askedAt",
           (select a.display_name from access.account a where a.id = l.recorded_by) as by
      from letter l join index_card c on c.person_id = l.person_id
     where l.print_asked_at is not null and l.printed_at is null and l.person_id = any ((select access.printing_ids())::uuid[])
     order by coalesce(l.written_together, l.id), l.id limit ${most}`.execute(trx)
  return rows.sort((one, other) => one.askedAt.getTime() - other.askedAt.getTime())
}

/** Says that letters were printed: those that wait on an opened list, or on a record opened to write. */
export async function markPrinted(trx: Trx, letters: readonly string[]): Promise<number> {
  const { rows } = await sql<{
    done: number
  }>`select record.letters_printed(${[...letters]}::uuid[]) as done`.execute(trx)
  return rows[0]!.done
}

/** Asks for a letter to be printed, by whoever may write on the record. */
export async function askToPrint(trx: Trx, letter: string): Promise<boolean> {
  const { rows } = await sql`
    update letter set print_asked_at = clock_timestamp(), printed_at = null, printed_by = null where id = ${letter} returning id`.execute(
    trx,
  )
  return rows.length > 0
}

/** The copy in the addressee’s language went. */
export async function markTranslated(trx: Trx, letter: string, on: Day): Promise<boolean> {
  const { rows } = await sql`
    update letter set translated_on = ${on} where id = ${letter} and translate_into is not null and translated_on is null returning id`.execute(
    trx,
  )
  return rows.length > 0
}

/** What the record says that letters speak of, beside who somebody is. */
export interface SpokenOf {
  readonly referralDay: Day | null
  readonly closingDay: Day | null
  readonly planSince: Day | null
  readonly team: string | null
}

export async function spokenOf(trx: Trx, people: readonly string[], on: Day): Promise<SpokenOf> {
  const ids = sql`${[...people]}::uuid[]`
  const { rows } = await sql<SpokenOf>`
    select (select max(r.referral_date) from referral r where r.person_id = any (${ids}) and r.referral_date <= ${on}) as "referralDay",
           (select max(r.close_date) from referral r where r.person_id = any (${ids}) and r.close_date <= ${on}::date + 28) as "closingDay",
           (select max(p.cin_plan_start_date) from cin_plan p
             where p.person_id = any (${ids}) and p.cin_plan_start_date <= ${on} and (p.cin_plan_end_date is null or p.cin_plan_end_date > ${on})) as "planSince",
           (select t.name from access.membership m join access.team t on t.id = m.team_id
             where m.account_id = access.recorder() and m.from_day <= ${on} and (m.to_day is null or m.to_day >= ${on}) order by m.from_day desc limit 1) as team`.execute(
    trx,
  )
  return rows[0]!
}

/** Where each of these people is written to: for letters first, else at home; as far as it is open. */
export async function writtenToAt(
  trx: Trx,
  people: readonly string[],
  on: Day,
): Promise<Map<string, readonly string[]>> {
  const { rows } = await sql<{ person: string; lines: string | null; postcode: string | null }>`
    select distinct on (a.person_id) a.person_id as person, a.address_lines as lines, a.postcode from address a
     where a.person_id = any (${[...people]}::uuid[]) and (a.from_day is null or a.from_day <= ${on}) and (a.to_day is null or a.to_day > ${on})
     order by a.person_id, array_position('{correspondence,home,placement,other}', a.kind), a.from_day desc nulls last`.execute(
    trx,
  )
  return new Map(
    rows.map(({ person, lines, postcode }) => [
      person,
      [...(lines ?? '').split(/\r?\n|,\s*/), postcode ?? ''].map((line) => line.trim()).filter(Boolean),
    ]),
  )
}

/** The writer’s own telephone, as it stood above their last letter. */
export async function senderTelephone(trx: Trx): Promise<string | undefined> {
  const { rows } = await sql<{ telephone: string }>`
    select telephone from letters.sender where account_id = access.recorder()`.execute(trx)
  return rows[0]?.telephone
}

export async function keepTelephone(trx: Trx, telephone: string): Promise<void> {
  await sql`insert into letters.sender (account_id, telephone) values (access.recorder(), ${telephone})
    on conflict (account_id) do update set telephone = excluded.telephone`.execute(trx)
}
