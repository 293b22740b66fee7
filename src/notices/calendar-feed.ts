import { createHash, randomBytes } from 'node:crypto'
import { ICalCalendar, ICalCalendarMethod } from 'ical-generator'
import { sql, type Transaction } from 'kysely'
import { clockById } from '../clocks/clocks.ts'
import type { Connection } from '../database/connection.ts'
import { addDays, type Day } from '../web/words.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Trx = Transaction<any>

/** Something on somebody’s calendar. A child is a reference and initials, and nothing else. */
export interface Entry {
  readonly source: 'due' | 'duty' | 'supervision' | 'cover'
  readonly id: string
  readonly clock: string | null
  readonly reference: string | null
  readonly initials: string | null
  /** First and last day of what lasts for days. */
  readonly onDay: Day | null
  readonly untilDay: Day | null
  readonly fromAt: Date | null
  readonly untilAt: Date | null
  /** The team, or a colleague; of what is due, that it is late. */
  readonly words: string | null
}

/** As the database keeps it. */
const hashOf = (secret: string) => createHash('sha256').update(secret).digest()

/** Makes this session’s feed and ends the one before. @returns the secret, which is shown once and kept nowhere */
export async function makeFeed(trx: Trx): Promise<string> {
  const secret = randomBytes(32).toString('base64url')
  await sql`select access.make_calendar_feed(${hashOf(secret)})`.execute(trx)
  return secret
}

export async function endFeed(trx: Trx): Promise<void> {
  await sql`select access.end_calendar_feed()`.execute(trx)
}

export async function myFeed(trx: Trx): Promise<{ madeAt: Date; lastReadAt: Date | null } | undefined> {
  const { rows } = await sql<{ madeAt: Date | null; lastReadAt: Date | null }>`
    select made_at as "madeAt", last_read_at as "lastReadAt" from access.my_calendar_feed()`.execute(trx)
  const row = rows[0]
  return row?.madeAt ? { madeAt: row.madeAt, lastReadAt: row.lastReadAt } : undefined
}

/** What a secret shows; undefined where it opens nothing. Each reading is on the trail. */
export async function readFeed(db: Connection, secret: string, client: string): Promise<Entry[] | undefined> {
  const { rows } = await sql<Omit<Entry, 'source'> & { source: Entry['source'] | 'none' }>`
    select source, id, clock, reference, initials, on_day as "onDay", until_day as "untilDay", from_at as "fromAt", until_at as "untilAt", words
      from access.read_calendar_feed(${hashOf(secret)}, ${client})`.execute(db)
  return rows.some(({ source }) => source === 'none') ? undefined : (rows as Entry[])
}

const says = ({ source, clock, reference, initials, words }: Entry): string =>
  ({
    due: () =>
      `${words === 'late' ? 'Late: ' : ''}${clockById(clock!).name}: ${[initials, reference].filter(Boolean).join(' ')}`,
    duty: () => `On duty, ${words}`,
    supervision: () => `Supervision with ${words}`,
    cover: () => `You cover for ${words}`,
  })[source]()

/** The entries as a calendar program reads them (RFC 5545). Pure but for the moment of making. */
export function calendarOf(entries: readonly Entry[], service: string): string {
  const calendar = new ICalCalendar({ name: service, method: ICalCalendarMethod.PUBLISH, ttl: 3600 })
  for (const entry of entries) {
    const { id, source, onDay, untilDay, fromAt, untilAt } = entry
    const when =
      fromAt && untilAt
        ? { start: fromAt, end: untilAt }
        : // The end of a whole day is the day after it.
          { start: midnight(onDay!), end: midnight(addDays(untilDay ?? onDay!, 1)), allDay: true }
    calendar.createEvent({ id: `${source}-${id}`, summary: says(entry), ...when })
  }
  return calendar.toString()
}

const midnight = (day: Day) => new Date(`${day}T00:00:00Z`)
