import { sql, type Transaction } from 'kysely'
import type { Comparison, Entry } from './alerts.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Trx = Transaction<any>

/** The state of the exchange as a whole. */
export interface Exchange {
  readonly on: boolean
  readonly lastSequence: number
  readonly handshakeAt: Date | null
  readonly polledAt: Date | null
  readonly stoppedAt: Date | null
  readonly troubleAt: Date | null
  readonly troubleCount: number
}

// biome-ignore lint/suspicious/noExplicitAny: as Connection
export async function exchangeNow(db: import('kysely').Kysely<any>): Promise<Exchange> {
  const { rows } = await sql<Exchange & { lastSequence: string | number }>`
    select on_since is not null as "on", last_sequence as "lastSequence", handshake_at as "handshakeAt", polled_at as "polledAt",
           stopped_at as "stoppedAt", trouble_at as "troubleAt", trouble_count as "troubleCount" from cpis.exchange`.execute(
    db,
  )
  const row = rows[0]!
  return { ...row, lastSequence: Number(row.lastSequence) }
}

/** An entry of a file: the alert, and whose. */
export interface Placed {
  readonly child: string
  readonly entry: Entry
  readonly place: number
}

/** Seals a file: its number, its bytes, and every alert in it as sent. In one transaction, so that a number is never used twice and none is left out. */
export async function seal(
  trx: Trx,
  sequence: number,
  body: Uint8Array,
  placed: readonly Placed[],
): Promise<void> {
  await sql`update cpis.exchange set last_sequence = ${sequence}`.execute(trx)
  const places = new Set(placed.map(({ place }) => place))
  await sql`insert into cpis.file (sequence, body, records, local_id) values (${sequence}, ${Buffer.from(body)}, ${places.size}, ${localIdOf(sequence, 1)})`.execute(
    trx,
  )
  const rows = placed.map(({ child, entry, place }) => ({
    person_id: child,
    plan_type: entry.type,
    nhs_number: entry.nhsNumber,
    plan_start: entry.start,
    source_id: entry.source,
    sent: entry.content,
    place,
  }))
  await sql`
    with said as materialized (
      -- Of records that were joined one leads; what was told under another stays there.
      select coalesce((select a.person_id from record.cpis_alert a
                        where a.person_id = any (cpis.ids_of(r.person_id)) and a.nhs_number = r.nhs_number and a.plan_type = r.plan_type and a.plan_start = r.plan_start
                        order by a.id limit 1), r.person_id) as person_id,
             r.plan_type, r.nhs_number, r.plan_start, r.source_id, r.sent, r.place
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          as r (person_id uuid, plan_type text, nhs_number text, plan_start text, source_id uuid, sent jsonb, place integer)
    ), told as (
      insert into record.cpis_alert as a (person_id, plan_type, nhs_number, plan_start, source_id, state, sent, sequence)
      select person_id, plan_type, nhs_number, plan_start, source_id, 'sent', sent, ${sequence} from said
      on conflict (person_id, nhs_number, plan_type, plan_start) do update
        set state = 'sent', state_since = clock_timestamp(), source_id = excluded.source_id, sent = excluded.sent, sequence = excluded.sequence, code = null, detail = null, in_doubt = false,
            delete_on = case when a.state in ('deleted', 'closed') then null else a.delete_on end,
            acknowledged = case when a.state = 'closed' then null else a.acknowledged end
      returning a.id, a.person_id, a.nhs_number, a.plan_type, a.plan_start
    )
    insert into cpis.file_record (sequence, place, nhs_number, alerts)
    select ${sequence}, s.place, min(s.nhs_number), array_agg(t.id)
      from said s join told t using (person_id, nhs_number, plan_type, plan_start) group by s.place`.execute(
    trx,
  )
}

/** The id under which MESH knows one try to send a file. It holds no personal data. */
export const localIdOf = (sequence: number, attempt: number): string => `cpis-${sequence}-${attempt}`

export const sequenceOfLocalId = (localId: string | undefined): number | undefined => {
  const sequence = /^cpis-(\d{1,15})-\d+$/.exec(localId ?? '')?.[1]
  return sequence === undefined ? undefined : Number(sequence)
}

/** A deletion that a changed start asks for is noted on the alert, so that it is not forgotten if the file is lost. */
export async function noteDeletions(trx: Trx, placed: readonly Placed[]): Promise<void> {
  const rows = placed
    .filter(({ entry }) => entry.content.deleteOn)
    .map(({ child, entry }) => ({ child, ...entry, on: entry.content.deleteOn }))
  if (rows.length === 0) return
  await sql`
    update record.cpis_alert a set delete_on = r."on"
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (child uuid, "nhsNumber" text, type text, start text, "on" text)
     where a.person_id = any (cpis.ids_of(r.child)) and a.nhs_number = r."nhsNumber" and a.plan_type = r.type and a.plan_start = r.start and a.delete_on is null`.execute(
    trx,
  )
}

/** Closes alerts of which nothing more is to be said. Under a number that is no longer used the NHS shows nothing. */
export async function closeAlerts(trx: Trx, close: Comparison['close']): Promise<void> {
  if (close.length === 0) return
  await sql`
    update record.cpis_alert a set state = 'closed', state_since = clock_timestamp(), code = c.why
      from jsonb_to_recordset(${JSON.stringify(close)}::jsonb) as c (alert uuid, why text) where a.id = c.alert`.execute(
    trx,
  )
}

/** The file that is on its way, or waits to be. */
export interface File {
  readonly sequence: number
  readonly state: 'sealed' | 'sending' | 'accepted'
  readonly attempts: number
  readonly localId: string
  readonly body: Buffer
  readonly acceptedAt: Date | null
}

export async function fileInFlight(trx: Trx): Promise<File | undefined> {
  const { rows } = await sql<File & { sequence: string }>`
    select sequence, state, attempts, local_id as "localId", body, accepted_at as "acceptedAt" from cpis.file
     where state in ('sealed', 'sending', 'accepted') order by sequence limit 1`.execute(trx)
  const row = rows[0]
  return row && { ...row, sequence: Number(row.sequence) }
}

/** Begins a try: noted before anything leaves, so that a process that dies leaves a question and not a second message. */
export async function beginSending(trx: Trx, sequence: number, attempt: number): Promise<void> {
  await sql`
    update cpis.file set state = 'sending', attempts = ${attempt}, local_id = ${localIdOf(sequence, attempt)} where sequence = ${sequence}`.execute(
    trx,
  )
}

export async function noteAccepted(trx: Trx, sequence: number, messageId: string): Promise<void> {
  await sql`
    update cpis.file set state = 'accepted', message_id = ${messageId}, accepted_at = clock_timestamp() where sequence = ${sequence} and state <> 'answered'`.execute(
    trx,
  )
}

/** A file of which nobody will say what became of it: everything in it is to be told again. */
export async function giveUp(
  trx: Trx,
  sequence: number,
  state: 'failed' | 'undelivered' | 'refused' | 'overdue',
  code?: string,
): Promise<void> {
  await sql`update cpis.file set state = ${state}, code = ${code ?? null} where sequence = ${sequence}`.execute(
    trx,
  )
  await sql`
    update record.cpis_alert set state = 'uncertain', state_since = clock_timestamp() where sequence = ${sequence} and state = 'sent'`.execute(
    trx,
  )
}
