import { sql, type Transaction } from 'kysely'
import type { Day } from '../web/words.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Trx = Transaction<any>

/** Somebody whom this session supervises. */
export interface Supervised {
  readonly account: string
  readonly name: string
  readonly jobTitle: string | null
  readonly lastOn: Day | null
  readonly nextOn: Day | null
  /** The last one, where this account held it. */
  readonly last: string | null
  readonly lastSigned: boolean
  readonly leavesOn: Day | null
}

export async function myWorkers(trx: Trx): Promise<Supervised[]> {
  const { rows } = await sql<Supervised>`
    select account_id as account, name, job_title as "jobTitle", last_on as "lastOn", next_on as "nextOn", last_id as last,
           last_signed as "lastSigned", leaves_on as "leavesOn"
      from team.my_workers()`.execute(trx)
  return rows
}

export interface Supervision {
  readonly id: string
  readonly worker: string
  readonly workerId: string
  readonly supervisor: string
  readonly supervisorId: string
  readonly heldOn: Day
  readonly wellbeing: string | null
  readonly agreed: string | null
  readonly nextOn: Day | null
  readonly filedAt: Date
  readonly signedAt: Date | null
  readonly signedWords: string | null
  readonly children: readonly { readonly person: string; readonly note: string | null }[]
}

const told = sql`
  s.id, w.display_name as worker, s.account_id as "workerId", m.display_name as supervisor, s.supervisor_id as "supervisorId",
  s.held_on as "heldOn", s.wellbeing, s.agreed, s.next_on as "nextOn", s.filed_at as "filedAt", s.signed_at as "signedAt",
  s.signed_words as "signedWords",
  coalesce((select jsonb_agg(jsonb_build_object('person', c.person_id, 'note', c.case_note_id) order by c.person_id)
              from team.supervision_child c where c.supervision_id = s.id), '[]') as children
  from team.supervision s join access.account w on w.id = s.account_id join access.account m on m.id = s.supervisor_id`

/** Supervisions this session’s account took part in, the latest first: those of one worker, or all. */
export async function supervisions(trx: Trx, worker?: string): Promise<Supervision[]> {
  const { rows } = await sql<Supervision>`
    select ${told} where ${worker ?? null}::uuid is null or s.account_id = ${worker ?? null}::uuid
     order by s.held_on desc, s.id desc limit 200`.execute(trx)
  return rows
}

export async function supervisionOf(trx: Trx, id: string): Promise<Supervision | undefined> {
  const { rows } = await sql<Supervision>`select ${told} where s.id = ${id}`.execute(trx)
  return rows[0]
}

/** Files a supervision with the notes just written on the children’s records. @returns undefined where it is not this account’s worker */
export async function fileSupervision(
  trx: Trx,
  supervision: {
    worker: string
    held: Day
    wellbeing: string | undefined
    agreed: string | undefined
    next: Day | undefined
    children: readonly { person: string; note: string }[]
  },
): Promise<string | undefined> {
  const { worker, held, wellbeing, agreed, next, children } = supervision
  const { rows } = await sql<{ id: string | null }>`
    select team.file_supervision(${worker}, ${held}::date, ${wellbeing ?? null}, ${agreed ?? null}, ${next ?? null}::date,
                                 ${JSON.stringify(children)}::jsonb) as id`.execute(trx)
  return rows[0]!.id ?? undefined
}

export async function signSupervision(trx: Trx, id: string, words: string | undefined): Promise<boolean> {
  const { rows } = await sql<{
    done: boolean
  }>`select team.sign_supervision(${id}, ${words ?? null}) as done`.execute(trx)
  return rows[0]!.done
}

/** What management put on a child’s record. */
export interface Oversight {
  readonly note: string
  readonly kind: 'oversight' | 'supervision'
  readonly on: Day
  readonly by: string | null
  readonly paragraphs: readonly string[]
}

/** The latest first; the record must be open (F25). */
export async function oversightOf(trx: Trx, people: readonly string[]): Promise<Oversight[]> {
  const { rows } = await sql<Oversight>`
    select n.id as note, n.kind, n.note_date as on, coalesce(a.display_name, n.author_words) as by,
           array(select p.words from note_paragraph p where p.case_note_id = n.id and p.part = 'happened' order by p.place) as paragraphs
      from case_note n left join access.account a on a.id = n.author_id
     where n.person_id = any (${people}::uuid[]) and n.kind in ('oversight', 'supervision') and n.adds_to_id is null
     order by n.note_date desc, n.id desc limit 200`.execute(trx)
  return rows
}
