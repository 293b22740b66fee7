import type { Command } from 'commander'
import { demonstrationAccounts, demonstrationPassword } from '../access/demonstration.ts'
import { CannotStart } from '../database/cannot-start.ts'
import type { DatabaseUrls } from '../database/config.ts'
import { type Connection, openConnection } from '../database/connection.ts'
import { fillDemonstration, usual } from '../demonstration/fill.ts'
import { dayOf } from '../web/words.ts'
import { withJobsDatabase } from './jobs-database.ts'

/** `cairn demo`: fills an empty evaluation with invented families. */
export function define(command: Command): void {
  command.action(() =>
    withJobsDatabase(async (jobs, config) => {
      if (config.database) {
        throw new CannotStart(
          'Invented people go into an evaluation only: DATABASE_URL names a server of your own.',
        )
      }
      const say = (line: string) => process.stdout.write(`${line}\n`)
      if (!(await fillDemonstration(jobs, { ...usual, today: dayOf(new Date()) }, say)))
        say('This evaluation has been filled before.')
    }),
  )
}

/**
 * Fills an evaluation the first time, and tells whoever started it who can sign in.
 * @param urls the embedded database
 */
export async function fillFirstTime(urls: DatabaseUrls, say: (line: string) => void): Promise<void> {
  if (!urls.jobs) return
  const jobs = openConnection({ url: urls.jobs, name: 'cairn demonstration', most: 4 })
  try {
    await fillDemonstration(jobs, { ...usual, today: dayOf(new Date()) }, say)
    await tellAccounts(jobs, say)
  } finally {
    await jobs.destroy()
  }
}

async function tellAccounts(jobs: Connection, say: (line: string) => void): Promise<void> {
  const accounts = await demonstrationAccounts(jobs)
  const width = Math.max(...accounts.map(({ email }) => email.length))
  say('This is a demonstration: everybody in it is invented. You can sign in as')
  for (const { email, jobTitle } of accounts) say(`  ${email.padEnd(width)}  ${jobTitle ?? ''}`)
  say(`each with the password: ${demonstrationPassword}`)
}
