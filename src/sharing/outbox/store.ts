import { type Kysely, sql } from 'kysely'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Any = Kysely<any>

export type State = 'waiting' | 'sent' | 'acknowledged' | 'refused' | 'held' | 'nothing-to-say'

/** Messages to a partner that are due, gathered by what they are about. */
export interface Due {
  readonly about: string
  readonly messages: readonly string[]
}

/** The same, with what was said of each: that somebody asked for another try. */
export interface DueNow extends Due {
  readonly says: readonly (string | null)[]
}

/** What is due now, the longest waiting first. What comes in after this statement stays waiting. */
export async function due(db: Any, partner: string, most: number): Promise<DueNow[]> {
  const { rows } = await sql<DueNow>`
    select m.about_id as about, array_agg(m.id order by m.id) as messages, array_agg(m.says order by m.id) as says
      from outbox.message m where m.partner = ${partner} and m.state = 'waiting' and m.next_try_at <= clock_timestamp()
     group by m.about_id order by min(m.written_at) limit ${most}`.execute(db)
  return rows
}

/** Notes what became of messages. `sent` and answers get their time; what still waits is tried again after the back-off. */
export async function note(
  trx: Any,
  messages: readonly string[],
  { state, says, carrier }: { state: State; says?: string | undefined; carrier?: string | undefined },
): Promise<void> {
  if (messages.length === 0) return
  await sql`
    update outbox.message m
       set state = ${state}, says = ${says ?? null}, carrier = coalesce(${carrier ?? null}, m.carrier), changed_at = clock_timestamp(),
           sent_at = case when ${state} = 'sent' then clock_timestamp() else m.sent_at end,
           answered_at = case when ${state} in ('acknowledged', 'refused', 'nothing-to-say') then clock_timestamp() else m.answered_at end
     where m.id = any (${[...messages]}::uuid[])`.execute(trx)
}

/** Messages of these things that wait for a person or for an answer: what is done for one of them is done for all. */
export async function openAbout(trx: Any, partner: string, about: readonly string[]): Promise<Due[]> {
  const { rows } = await sql<Due>`
    select m.about_id as about, array_agg(m.id order by m.id) as messages from outbox.message m
     where m.partner = ${partner} and m.about_id = any (${[...about]}::uuid[]) and m.state in ('held', 'refused', 'sent')
     group by m.about_id`.execute(trx)
  return rows
}

/** Tries again later: after one minute, then two, four … at most sixty, none at the very same moment as another. */
export async function putOff(trx: Any, messages: readonly string[], says: string): Promise<void> {
  await sql`
    update outbox.message m
       set attempts = m.attempts + 1, says = ${says}, changed_at = clock_timestamp(),
           next_try_at = clock_timestamp() + least(60, 2 ^ least(m.attempts, 6)) * (0.75 + random() / 2) * interval '1 minute'
     where m.id = any (${[...messages]}::uuid[]) and m.state = 'waiting'`.execute(trx)
}

/** What was sent in this carrier and is not answered goes back to wait. */
export async function backToWaiting(
  trx: Any,
  partner: string,
  carrier: string,
  says: string,
  afterMinutes = 0,
): Promise<void> {
  await sql`
    update outbox.message m
       set state = 'waiting', says = ${says}, attempts = m.attempts + 1, changed_at = clock_timestamp(),
           next_try_at = clock_timestamp() + ${afterMinutes} * interval '1 minute'
     where m.partner = ${partner} and m.carrier = ${carrier} and m.state = 'sent'`.execute(trx)
}

/** These go back to wait, and are due at once. */
export async function waitAgain(trx: Any, messages: readonly string[], says: string): Promise<void> {
  await sql`
    update outbox.message m
       set state = 'waiting', says = ${says}, attempts = m.attempts + 1, changed_at = clock_timestamp(), next_try_at = clock_timestamp()
     where m.id = any (${[...messages]}::uuid[])`.execute(trx)
}

/** How many messages there are by state, and since when the oldest is in it. */
export async function counts(
  db: Any,
): Promise<{ partner: string; state: State; count: number; oldest: Date }[]> {
  const { rows } = await sql<{ partner: string; state: State; count: string; oldest: Date }>`
    select * from outbox.counts()`.execute(db)
  return rows.map(({ count, ...row }) => ({ ...row, count: Number(count) }))
}

export interface Listed {
  readonly id: string
  readonly partner: string
  readonly about_id: string | null
  readonly reference: string | null
  readonly cause: string
  readonly state: State
  readonly attempts: number
  readonly next_try_at: Date
  readonly says: string | null
  readonly carrier: string | null
  readonly written_at: Date
  readonly sent_at: Date | null
  readonly answered_at: Date | null
}

/** A page of messages, as far as the reader's roles go; nothing for whoever has none of them. */
export async function listed(
  db: Any,
  secret: string,
  partner: string | undefined,
  states: readonly State[],
  { most, offset }: { most: number; offset: number },
): Promise<{ messages: Listed[]; total: number }> {
  const { rows } = await sql<Listed & { total: string }>`
    select * from outbox.listed(${secret}, ${partner ?? null}, ${[...states]}::text[], ${most}, ${offset})`.execute(
    db,
  )
  return { messages: rows, total: Number(rows[0]?.total ?? 0) }
}

/** A person asks for another try. @returns how many messages wait again */
export async function tryAgain(db: Any, secret: string, partner: string, id?: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select outbox.try_again(${secret}, ${partner}, ${id ?? null}::uuid) as n`.execute(db)
  return rows[0]!.n
}
