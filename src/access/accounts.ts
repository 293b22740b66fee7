import { sql } from 'kysely'
import type { Connection } from '../database/connection.ts'
import { demonstrationPassword } from './demonstration.ts'
import { hashPassword } from './password.ts'

/** Somebody who works here, with an account of this service's own. */
export interface NewAccount {
  name: string
  email: string
  jobTitle?: string | undefined
  /** Codes of `access.role`, such as A-SW. */
  roles?: readonly string[]
  /** Ids that `makeTeam` gave. */
  teams?: readonly string[]
  /** For their first sign-in, at which they choose their own and enrol their one-time code. */
  password: string
  /** The account's id, when something else needs to know it beforehand. */
  id?: string | undefined
}

/**
 * Makes an account, for the command line, tests and the demonstration. The trail gets a line.
 * @param jobs a connection as the role for background work; the web's role may not
 * @returns the account's id
 */
export async function makeAccount(jobs: Connection, account: NewAccount): Promise<string> {
  const hash = await hashPassword(account.password)
  const { rows } = await sql<{ id: string }>`
    select access.make_account(${account.email}, ${account.name}, ${account.jobTitle ?? null}, ${hash}, null,
      ${account.roles ?? []}::text[], ${account.teams ?? []}::uuid[], ${account.id ?? null}) as id`.execute(
    jobs,
  )
  return rows[0]!.id
}

/**
 * An invented worker whom the demonstration's sign-in page lists: the common password, and no one-time code.
 * @param jobs a connection as the role for background work
 * @param shown who they are, in a line for a newcomer; `rank` orders the list
 */
export async function makeDemonstrationAccount(
  jobs: Connection,
  account: Omit<NewAccount, 'password'>,
  shown: { says: string; rank: number },
): Promise<string> {
  const id = await makeAccount(jobs, { ...account, password: demonstrationPassword })
  await sql`select access.show_in_demonstration(${id}, ${shown.says}, ${shown.rank})`.execute(jobs)
  return id
}

/**
 * Makes a team, or changes the one of that name.
 * @param jobs a connection as the role for background work
 * @returns the team's id
 */
export async function makeTeam(
  jobs: Connection,
  team: { name: string; parent?: string | undefined; kind?: string | undefined },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select access.make_team(${team.name}, ${team.parent ?? null}, ${team.kind ?? 'social-work'}) as id`.execute(
    jobs,
  )
  return rows[0]!.id
}
