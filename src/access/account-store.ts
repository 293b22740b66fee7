import { sql } from 'kysely'
import type { Connection } from '../database/connection.ts'
import { inWords } from './refusal.ts'

type Secret = { readonly secret: string }

export interface MySession {
  readonly id: string
  readonly method: 'local' | 'directory'
  readonly client: string | null
  readonly startedAt: Date
  readonly seenAt: Date
  readonly locked: boolean
  /** The one this page is read in. */
  readonly mine: boolean
  readonly endedAt: Date | null
  readonly endedBecause: string | null
}

/** One's own sessions of the last ninety days, the open ones first. */
export async function mySessions(db: Connection, session: Secret): Promise<MySession[]> {
  const { rows } = await sql<MySession>`
    select id, method, client, started_at as "startedAt", seen_at as "seenAt", locked, mine,
           ended_at as "endedAt", ended_because as "endedBecause"
      from access.my_sessions(${session.secret})`.execute(db)
  return rows
}

export const endMySession = (db: Connection, session: Secret, id: string) =>
  sql`select access.end_my_session(${session.secret}, ${id})`.execute(db)

export const setSettings = (db: Connection, session: Secret, settings: { shortcuts: boolean }) =>
  sql`select access.set_settings(${session.secret}, ${JSON.stringify(settings)}::jsonb)`.execute(db)

/** After proof; every other session of this account ends. */
export const setMyPassword = (db: Connection, session: Secret, hash: string) =>
  inWords(sql`select access.set_my_password(${session.secret}, ${hash})`.execute(db))
