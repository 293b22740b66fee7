import { createHash, randomBytes } from 'node:crypto'
import type { Transaction } from 'kysely'
import { sql } from 'kysely'
import type { Connection } from '../database/connection.ts'
import { dayOf } from '../web/words.ts'
import { foldKeyOf, type Notification } from './notification.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Trx = Transaction<any>

export const digestOf = (token: string): Buffer => createHash('sha256').update(token).digest()

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** A reference that can be read out on the telephone: 'K7QM-3X2P'. */
const newReference = (): string => {
  const letters = [...randomBytes(8)].map((byte) => alphabet[byte % 32]).join('')
  return `${letters.slice(0, 4)}-${letters.slice(4)}`
}

export interface Received {
  readonly id: string
  /** It came before and waits: this one is read together with that. */
  readonly folded: boolean
  readonly reference: string
  /** For the link by which whoever sent it sees how far it is; only its digest is kept. */
  readonly token: string | undefined
}

/** Takes a notification in, from wherever it comes. Nothing is looked for in the record. */
export async function receive(
  db: Connection,
  told: Notification,
  {
    channel,
    source,
    sender = null,
    track = false,
    now = new Date(),
  }: {
    channel: 'email' | 'csv' | 'api' | 'web'
    source: string
    sender?: string | null
    track?: boolean
    now?: Date
  },
): Promise<Received> {
  const reference = newReference()
  const token = track ? randomBytes(24).toString('base64url') : undefined
  const { rows } = await sql<{ id: string; folded_into: string | null }>`
    select * from intake.receive(${channel}, ${sender}::uuid, ${JSON.stringify(told)}::jsonb, ${source}, ${told.incident ?? null}, ${told.people.length}::integer,
      ${told.safe === 'no'}, ${foldKeyOf(told, source, dayOf(now))}, ${token ? digestOf(token) : null}, ${reference})`.execute(
    db,
  )
  return { id: rows[0]!.id, folded: rows[0]!.folded_into !== null, reference, token }
}

export interface Waiting {
  readonly id: string
  readonly channel: string
  readonly sender: string | null
  readonly source: string
  readonly receivedAt: Date
  readonly incident: string | null
  readonly people: number
  readonly urgent: boolean
  readonly folded: number
  /** One of the same incident was filed within the last month. */
  readonly filedBefore: boolean
  readonly lookedAt: Date | null
}

/** What waits, the urgent first, then the oldest; without a word of what was told. */
export async function waiting(trx: Trx): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    select id, channel, sender, source_code as source, received_at as "receivedAt", incident, people, urgent, folded, filed_before as "filedBefore", looked_at as "lookedAt"
      from intake.queue()`.execute(trx)
  return rows
}

export interface Attached {
  readonly id: string
  readonly stored: string
  readonly fileName: string
  readonly media: string
  readonly size: number
  readonly sha256: string
  readonly notification: string
}

export interface OpenNotification {
  readonly id: string
  readonly channel: string
  readonly sender: string | null
  readonly source: string
  readonly receivedAt: Date
  readonly incident: string | null
  readonly told: Notification | null
  readonly also: readonly Notification[]
  readonly state: 'waiting' | 'folded' | 'filed' | 'set-aside'
  readonly filedTogether: string | null
  readonly attachments: readonly Attached[]
  readonly reference: string | null
}

/** One notification with its words; the reading is on the trail. Undefined: there is none, or it is not theirs to read. */
export async function openNotification(
  db: Connection,
  session: { secret: string },
  id: string,
): Promise<OpenNotification | undefined> {
  const { rows } = await sql<OpenNotification>`
    select id, channel, sender, source_code as source, received_at as "receivedAt", incident, told, also, state, filed_together as "filedTogether", attachments, reference
      from intake.open_notification(${session.secret}, ${id}::uuid)`.execute(db)
  return rows[0]?.id ? rows[0] : undefined
}

/** @returns false when somebody else ended it meanwhile */
export async function endNotification(
  trx: Trx,
  id: string,
  state: 'filed' | 'set-aside' | 'waiting',
  because: string | null,
  together: string | null,
): Promise<boolean> {
  const { rows } = await sql<{
    done: boolean
  }>`select intake.end_notification(${id}::uuid, ${state}, ${because}, ${together}::uuid) as done`.execute(
    trx,
  )
  return rows[0]!.done
}

export async function attach(
  db: Connection,
  notification: string,
  one: { stored: string; fileName: string; media: string; size: number; sha256: string },
): Promise<void> {
  await sql`select intake.attach(${notification}::uuid, ${one.stored}::uuid, ${one.fileName}, ${one.media}, ${one.size}::bigint, ${one.sha256})`.execute(
    db,
  )
}

export async function track(
  db: Connection,
  token: string,
): Promise<
  | { reference: string; receivedAt: Date; howFar: 'received' | 'being-looked-at' | 'decided'; until: Date }
  | undefined
> {
  const { rows } = await sql<{ reference: string | null; receivedAt: Date; howFar: 'received'; until: Date }>`
    select reference, received_at as "receivedAt", how_far as "howFar", until_at as until from intake.track(${digestOf(token)})`.execute(
    db,
  )
  const found = rows[0]
  return found?.reference ? { ...found, reference: found.reference } : undefined
}

export interface Sender {
  readonly id: string
  readonly name: string
  readonly source: string
  readonly maySend: boolean
}

export async function senderOf(db: Connection, token: string): Promise<Sender | undefined> {
  const { rows } = await sql<{ id: string | null; name: string; source: string; maySend: boolean }>`
    select sender_id as id, name, source_code as source, may_send as "maySend" from intake.sender_of(${digestOf(token)})`.execute(
    db,
  )
  return rows[0]?.id ? { ...rows[0], id: rows[0].id } : undefined
}

export async function senders(db: Connection, session: { secret: string }) {
  const { rows } = await sql<{
    id: string
    name: string
    source: string
    perHour: number
    madeAt: Date
    endedAt: Date | null
    sent: number
  }>`
    select id, name, source_code as source, per_hour as "perHour", made_at as "madeAt", ended_at as "endedAt", sent from intake.senders(${session.secret})`.execute(
    db,
  )
  return rows
}

/** @returns the token, shown once and never again */
export async function addSender(
  db: Connection,
  session: { secret: string },
  one: { name: string; source: string; perHour: number },
): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await sql`select intake.add_sender(${session.secret}, ${one.name}, ${one.source}, ${one.perHour}::integer, ${digestOf(token)})`.execute(
    db,
  )
  return token
}

export async function endSender(db: Connection, session: { secret: string }, sender: string): Promise<void> {
  await sql`select intake.end_sender(${session.secret}, ${sender}::uuid)`.execute(db)
}

/** The notification of a tracking link, while a file may still be added to it. */
export async function notificationOf(db: Connection, token: string): Promise<string | undefined> {
  const { rows } = await sql<{
    id: string | null
  }>`select intake.notification_of(${digestOf(token)}) as id`.execute(db)
  return rows[0]?.id ?? undefined
}

export async function attachmentsFiled(trx: Trx, ids: readonly string[]): Promise<void> {
  await sql`select intake.attachments_filed(${[...ids]}::uuid[])`.execute(trx)
}
