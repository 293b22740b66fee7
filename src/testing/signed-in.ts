import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Session } from '../web/session.ts'
import type { TestDatabase } from './database.ts'

export interface Someone {
  name?: string
  roles?: readonly string[]
  /** Ids of access.team. */
  teams?: readonly string[]
  email?: string
}

/** An account that can do nothing but be: no password, no code. */
export async function anAccount(db: TestDatabase, someone: Someone = {}): Promise<string> {
  const { name = 'Ade Worker', roles = [], teams = [], email = `${randomUUID()}@fellshire.test` } = someone
  const { rows } = await sql<{ id: string }>`
    with made as (
      insert into access.account (kind, display_name, email) values ('local', ${name}, ${email}) returning id
    ), given as (
      insert into access.account_role (account_id, role) select id, role from made, unnest(${roles}::text[]) as role
    ), joined as (
      insert into access.membership (account_id, team_id) select id, team from made, unnest(${teams}::uuid[]) as team
    ) select id from made`.execute(db.owner)
  return rows[0]!.id
}

/** A session of an account, begun as the application begins one. */
export async function aSession(
  db: TestDatabase,
  accountId: string,
  roles: readonly string[] = [],
): Promise<Session> {
  const secret = randomBytes(32).toString('base64url')
  const hash = createHash('sha256').update(secret).digest()
  const { rows } = await sql<{ id: string }>`
    select access.start_session(${accountId}, ${hash}, 'local', 'test') as id`.execute(db.app)
  return { id: rows[0]!.id, secret, account: { id: accountId, name: 'Ade Worker' }, roles, locked: false }
}

/** Somebody at the keyboard. */
export async function signedIn(db: TestDatabase, someone: Someone = {}): Promise<Session> {
  return aSession(db, await anAccount(db, someone), someone.roles)
}

export async function aTeam(db: TestDatabase, parent?: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into access.team (name, parent_id) values (${`Team ${randomUUID()}`}, ${parent ?? null}) returning id`.execute(
    db.owner,
  )
  return rows[0]!.id
}
