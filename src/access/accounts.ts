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
  await showInDemonstration(jobs, id, shown)
  return id
}

/** Lists an account on the demonstration's sign-in page. */
export async function showInDemonstration(
  jobs: Connection,
  account: string,
  { says, rank }: { says: string; rank: number },
): Promise<void> {
  await sql`select access.show_in_demonstration(${account}, ${says}, ${rank})`.execute(jobs)
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

/** The id of the team of this name, made when there is none. */
export async function teamCalled(jobs: Connection, name: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`select id from access.team where name = ${name}`.execute(jobs)
  return rows[0]?.id ?? makeTeam(jobs, { name })
}

/** Who supervises whom, from today; `undefined` for nobody. For the command line, tests and the demonstration. */
export const supervise = (jobs: Connection, account: string, supervisor: string | undefined) =>
  sql`select access.supervise(${account}, ${supervisor ?? null})`.execute(jobs)

/** Hours in which somebody answers for a team's children. For tests and the demonstration. */
export const putOnDuty = (jobs: Connection, duty: { account: string; team: string; from: Date; to: Date }) =>
  sql`select access.put_on_duty(${duty.account}, ${duty.team}, ${duty.from}, ${duty.to})`.execute(jobs)

export interface ListedAccount {
  readonly id: string
  readonly kind: 'local' | 'directory'
  readonly name: string
  readonly jobTitle: string | null
  readonly email: string
  readonly lastDay: string | null
  readonly enrolled: boolean
  readonly roles: readonly string[]
  readonly teams: readonly string[]
}

/** Every account there is or was, for the command line. */
export async function listAccounts(jobs: Connection): Promise<ListedAccount[]> {
  const { rows } = await sql<ListedAccount>`
    select id, kind, name, job_title as "jobTitle", email, active_to as "lastDay", enrolled, roles, teams
      from access.accounts_listed()`.execute(jobs)
  return rows
}

/**
 * A new first password for a local account: the code is enrolled anew, and its sessions end.
 * @returns false for an account of the directory
 */
export async function resetAccount(jobs: Connection, account: string, password: string): Promise<boolean> {
  const hash = await hashPassword(password)
  const { rows } = await sql<{ done: boolean }>`
    select access.reset_credentials(${account}, ${hash}) as done`.execute(jobs)
  return rows[0]!.done
}

/** Closes an account now, and ends its sessions. */
export const endAccount = (jobs: Connection, account: string, because: string) =>
  sql`select access.leave(${account}, ${because})`.execute(jobs)

/** Gives a role until a day or for good, or takes it away. */
export const setRole = (
  jobs: Connection,
  account: string,
  role: string,
  { given, until }: { given: boolean; until?: string | undefined },
) => sql`select access.set_role(${account}, ${role}, ${until ?? null}::date, ${given})`.execute(jobs)

/** The codes of `access.role` with their names. */
export async function rolesThereAre(db: Connection): Promise<{ code: string; name: string }[]> {
  const { rows } = await sql<{ code: string; name: string }>`
    select code, name from access.role order by code`.execute(db)
  return rows
}
