import { sql, type Transaction } from 'kysely'
import type { Connection } from '../database/connection.ts'
import type { Mail } from './digest.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Trx = Transaction<any>

export interface Waiting extends Mail {
  readonly id: string
  readonly address: string
  readonly name: string
}

/** Makes the digests that are due now; for background work. @returns how many */
export async function makeDigests(db: Connection, now: Date): Promise<number> {
  const { rows } = await sql<{ made: number }>`select team.make_digests(${now}) as made`.execute(db)
  return rows[0]!.made
}

/** What waits to be sent now; each is put off, so that it comes again if nothing is said of it. */
export async function mailToSend(db: Connection, most: number): Promise<Waiting[]> {
  const { rows } =
    await sql<Waiting>`select id, kind, address, name, unread, children from team.mail_to_send(${most})`.execute(
      db,
    )
  return rows
}

export async function mailAnswered(
  db: Connection,
  id: string,
  outcome: 'sent' | 'later' | 'refused',
  words: string | undefined,
): Promise<void> {
  await sql`select team.mail_answered(${id}, ${outcome}, ${words ?? null})`.execute(db)
}

export interface MailListed {
  readonly id: string
  readonly kind: Mail['kind']
  readonly to: string
  readonly madeAt: Date
  readonly tries: number
  readonly nextAt: Date
  readonly sentAt: Date | null
  readonly givenUpAt: Date | null
  readonly answer: string | null
}

/** For administrators; nothing for anybody else. */
export async function mailListed(trx: Trx): Promise<MailListed[]> {
  const { rows } = await sql<MailListed>`
    select id, kind, to_name as to, made_at as "madeAt", tries, next_at as "nextAt", sent_at as "sentAt", given_up_at as "givenUpAt", answer
      from team.mail_listed()`.execute(trx)
  return rows
}

export async function mailAgain(trx: Trx, id: string): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`select team.mail_again(${id}) as done`.execute(trx)
  return rows[0]!.done
}

export async function mailTrial(trx: Trx): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`select team.mail_trial() as done`.execute(trx)
  return rows[0]!.done
}
