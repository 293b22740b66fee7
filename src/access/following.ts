import { sql } from 'kysely'
import { readConfig } from '../database/config.ts'
import type { Connection } from '../database/connection.ts'
import type { Task } from '../database/task.ts'
import { type Directory, type DirectoryPerson, DirectoryRefused } from './directory.ts'
import type { Sealer } from './sealed.ts'
import { accountServicesFor } from './services.ts'

/**
 * Takes over what the directory says of somebody: account, roles, teams.
 * @returns the account, or undefined when none of their groups means anything here
 * @throws DirectoryRefused when the account was closed here, or another has the same e-mail address
 */
export async function follow(
  db: Connection,
  tokens: Sealer,
  directory: Directory,
  person: DirectoryPerson,
): Promise<string | undefined> {
  const { subject, name, email, jobTitle, groups, refreshToken } = person
  try {
    const { rows } = await sql<{ account: string | null }>`
      select access.follow_directory(${directory.issuer}, ${subject}, ${name}, ${email}, ${jobTitle ?? null},
        ${groups}::text[]) as account`.execute(db)
    const account = rows[0]?.account ?? undefined
    if (account && refreshToken)
      await sql`select access.keep_directory_token(${account}, ${tokens.seal(refreshToken, account)})`.execute(
        db,
      )
    return account
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === 'CA002')
      throw new DirectoryRefused('closed here', 'Your account here was closed. Ask your administrator.')
    if (code === 'CA008')
      throw new DirectoryRefused(
        'e-mail taken',
        'Another account here has your e-mail address. Ask your administrator to close it.',
      )
    throw error
  }
}

export interface Followed {
  readonly asked: number
  readonly left: number
  /** Could not be asked just now; they are asked again by the next hour. */
  readonly unanswered: number
}

/**
 * Asks the directory about everybody who has signed in with it: movers have their new roles and teams, leavers are
 * out and their sessions end.
 * @param jobs a connection as the role for background work
 */
export async function followEverybody(
  jobs: Connection,
  tokens: Sealer,
  directory: Directory,
  signal?: AbortSignal,
): Promise<Followed> {
  const { rows } = await sql<{ account_id: string; issuer: string; sealed: Buffer }>`
    select * from access.directory_tokens()`.execute(jobs)
  const counts = { asked: 0, left: 0, unanswered: 0 }
  for (const { account_id: account, issuer, sealed } of rows) {
    if (signal?.aborted) break
    const token = issuer === directory.issuer ? tokens.open(sealed, account) : undefined
    if (token === undefined) continue
    counts.asked += 1
    try {
      const person = await directory.again(token)
      const still = person === 'gone' ? undefined : await follow(jobs, tokens, directory, person)
      if (still) continue
      if (person === 'gone')
        await sql`select access.left_directory(${account}, 'left the directory')`.execute(jobs)
      counts.left += 1
    } catch {
      counts.unanswered += 1
    }
  }
  return counts
}

/** Every hour. A leaver who is signed in is out within it; their next sign-in was refused before. */
export const followDirectory: Task = {
  name: 'follow-directory',
  cron: '7 * * * *',
  async run(_id, { db, log, signal }) {
    const { directory, tokens } = await accountServicesFor(readConfig())
    if (!directory) return
    const counts = await followEverybody(db, tokens, directory, signal)
    log.info({ ...counts }, 'followed the directory')
  },
}
