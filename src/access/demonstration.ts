import { sql } from 'kysely'
import type { Connection } from '../database/connection.ts'

/** Every demonstration account's password. It opens nothing but invented people on the embedded database. */
export const demonstrationPassword = 'a cairn of stones'

export interface DemonstrationAccount {
  readonly id: string
  readonly name: string
  readonly jobTitle: string | null
  readonly email: string
  /** Who they are, in a line. */
  readonly says: string
}

/** The accounts that a demonstration's sign-in page lists. Ask only when `config.demonstration`. */
export async function demonstrationAccounts(db: Connection): Promise<DemonstrationAccount[]> {
  const { rows } = await sql<DemonstrationAccount>`
    select account_id as id, name, job_title as "jobTitle", email, says from access.demonstration_accounts()`.execute(
    db,
  )
  return rows
}

/** Whether this process is filling a demonstration just now: every page says so. Never set where real people work. */
export const demonstrationUnderWay = { filling: false }
