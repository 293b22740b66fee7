import { sql } from 'kysely'
import type { Connection } from '../database/connection.ts'
import type { Day } from '../web/words.ts'
import { inWords, type WhyNot } from './refusal.ts'
import type { connectionKinds, emergencyReasons, reviewOutcomes } from './words.ts'

type Secret = { readonly secret: string }

export interface Emergency {
  readonly id: string
  readonly account: string
  readonly accountName: string
  readonly person: string
  readonly reason: keyof typeof emergencyReasons
  readonly words: string
  readonly openedAt: Date
  readonly untilAt: Date
  readonly open: boolean
  readonly writing: boolean
  readonly reviewDue: Day
  readonly reviewedAt: Date | null
  readonly reviewerName: string | null
  readonly outcome: keyof typeof reviewOutcomes | null
  readonly reviewWords: string | null
  readonly mine: boolean
  readonly mayReview: boolean
}

/** Emergency access of one's own, and what one may review; reviewed ones for a month. */
export async function emergencies(db: Connection, session: Secret): Promise<Emergency[]> {
  const { rows } = await sql<Emergency>`
    select b.id, b.account_id as account, a.display_name as "accountName", b.person_id as person, b.reason, b.words,
           b.opened_at as "openedAt", b.until_at as "untilAt", b.open, b.writing, b.review_due as "reviewDue",
           b.reviewed_at as "reviewedAt", r.display_name as "reviewerName", b.outcome, b.review_words as "reviewWords",
           b.mine, b.may_review as "mayReview"
      from access.my_break_glass(${session.secret}) b
      join access.account a on a.id = b.account_id
      left join access.account r on r.id = b.reviewed_by
     order by b.opened_at desc`.execute(db)
  return rows
}

export type Asked =
  | { readonly allowed: true; readonly id: string }
  | { readonly allowed: false; readonly why: WhyNot | 'not-needed' }

/** Emergency access to one person's record: reading at first. The session must have been proven again just now. */
export async function askEmergency(
  db: Connection,
  session: Secret,
  person: string,
  asked: {
    reason: string
    words: string
    hours: number
    reviewDue: Day
    client: string
    correlation: string
  },
): Promise<Asked> {
  const { rows } = await inWords(
    sql<{ outcome: string; why: WhyNot; id: string }>`
      select * from access.break_glass(${session.secret}, ${person}, ${asked.reason}, ${asked.words}, ${asked.hours},
        ${asked.reviewDue}::date, ${asked.client}, ${asked.correlation})`.execute(db),
  )
  const { outcome, why, id } = rows[0]!
  return outcome === 'allowed' ? { allowed: true, id } : { allowed: false, why }
}

/** The one more step from reading to writing. @returns false when it is over, or was taken before */
export async function writeInEmergency(
  db: Connection,
  session: Secret,
  id: string,
  words: string,
): Promise<boolean> {
  const { rows } = await inWords(
    sql<{
      done: boolean
    }>`select access.break_glass_to_write(${session.secret}, ${id}, ${words}) as done`.execute(db),
  )
  return rows[0]!.done
}

export const endEmergency = (db: Connection, session: Secret, id: string) =>
  inWords(sql`select access.end_break_glass(${session.secret}, ${id})`.execute(db))

/** @returns undefined when filed, or why not */
export async function reviewEmergency(
  db: Connection,
  session: Secret,
  id: string,
  found: { outcome: string; words: string },
): Promise<'not-independent' | 'already-reviewed' | undefined> {
  const { rows } = await inWords(
    sql<{ outcome: string; why: 'not-independent' | 'already-reviewed' }>`
      select * from access.review_break_glass(${session.secret}, ${id}, ${found.outcome}, ${found.words})`.execute(
      db,
    ),
  )
  return rows[0]!.outcome === 'allowed' ? undefined : rows[0]!.why
}

// ---- 'I know this family' -----------------------------------------------------------------------------------

export const declareConnection = (
  db: Connection,
  session: Secret,
  person: string,
  how: { kind: keyof typeof connectionKinds; words: string | undefined },
) =>
  inWords(
    sql`select access.declare_connection(${session.secret}, ${person}, ${how.kind}, ${how.words ?? null})`.execute(
      db,
    ),
  )

export interface DeclaredConnection {
  readonly id: string
  readonly account: string
  readonly accountName: string
  readonly person: string
  readonly kind: keyof typeof connectionKinds
  readonly words: string | null
  readonly declaredAt: Date
  readonly decided: 'may open' | 'stays closed' | null
}

/** What workers have declared and this manager may decide. */
export async function connectionsToDecide(db: Connection, session: Secret): Promise<DeclaredConnection[]> {
  const { rows } = await sql<DeclaredConnection>`
    select c.id, c.account_id as account, a.display_name as "accountName", c.person_id as person, c.kind, c.words,
           c.declared_at as "declaredAt", c.decided
      from access.connections_to_decide(${session.secret}) c join access.account a on a.id = c.account_id
     order by c.decided is not null, c.declared_at desc`.execute(db)
  return rows
}

/** @returns undefined when filed, or why not */
export async function decideConnection(
  db: Connection,
  session: Secret,
  about: Pick<DeclaredConnection, 'account' | 'person'>,
  decision: { outcome: string; words: string; until: Day },
): Promise<'yourself' | 'not-yours-to-decide' | undefined> {
  const { rows } = await inWords(
    sql<{ outcome: string; why: 'yourself' | 'not-yours-to-decide' }>`
      select * from access.decide_conflict(${session.secret}, ${about.account}, ${about.person}, ${decision.outcome},
        ${decision.words}, ${decision.until}::date)`.execute(db),
  )
  return rows[0]!.outcome === 'allowed' ? undefined : rows[0]!.why
}

// ---- What one was told --------------------------------------------------------------------------------------

export interface Notice {
  readonly id: string
  readonly kind: string
  readonly person: string | null
  readonly aboutName: string | null
  readonly about: string | null
  readonly madeAt: Date
  readonly readAt: Date | null
  /** Of an emergency access: what it was, and the words of whoever opened the record. */
  readonly reason: keyof typeof emergencyReasons | null
  readonly words: string | null
}

/** Unread notices, and those read within a fortnight. */
export async function notices(db: Connection, session: Secret): Promise<Notice[]> {
  const { rows } = await sql<Notice>`
    select n.id, n.kind, n.person_id as person, a.display_name as "aboutName", n.about_id as about,
           n.made_at as "madeAt", n.read_at as "readAt", e.reason, e.words
      from access.my_notices(${session.secret}) n
      left join access.account a on a.id = n.about_account_id
      left join access.my_emergency_notices(${session.secret}) e on e.notice_id = n.id
     order by n.read_at is not null, n.made_at desc`.execute(db)
  return rows
}

export const readNotice = (db: Connection, session: Secret, id: string) =>
  sql`select access.read_notice(${session.secret}, ${id})`.execute(db)
