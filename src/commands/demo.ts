import { type Command, InvalidArgumentError } from 'commander'
import { sql } from 'kysely'
import {
  demonstrationAccounts,
  demonstrationPassword,
  demonstrationUnderWay,
} from '../access/demonstration.ts'
import { vaultFor } from '../casework/documents/services.ts'
import { CannotStart } from '../database/cannot-start.ts'
import { type DatabaseUrls, readConfig } from '../database/config.ts'
import { type Connection, openConnection } from '../database/connection.ts'
import {
  beginDemonstration,
  fillDemonstration,
  type Rest,
  usual,
  type Wishes,
} from '../demonstration/fill.ts'
import { dayOf, parseDate } from '../web/words.ts'
import { withJobsDatabase } from './jobs-database.ts'

interface Asked {
  children: number
  seed: number
  asAt?: string
  mistakes: number
}

/** `cairn demo`: fills an empty evaluation with an invented authority. */
export function define(command: Command): void {
  command
    .option('--children <number>', 'about how many children', wholeNumber(1, 1_000_000), usual.children)
    .option('--seed <number>', 'another number, another authority', wholeNumber(0, 999_999), usual.seed)
    .option('--as-at <date>', 'the day that all dates hang on (today)', readDay)
    .option(
      '--mistakes <share>',
      'of how many children somebody made a mistake: 0.02 is one in fifty',
      readShare,
      usual.mistaken,
    )
    .addHelpText(
      'after',
      `
An evaluation is filled once: npm start does it with ${usual.children} children. For another, begin in an empty folder:
  CAIRN_DATA=var/large cairn demo --children 5000 && CAIRN_DATA=var/large npm start`,
    )
    .action(({ children, seed, asAt, mistakes }: Asked) =>
      withJobsDatabase(async (jobs, config, appUrl) => {
        if (config.database) {
          throw new CannotStart(
            'Invented people go into an evaluation only: DATABASE_URL names a server of your own.',
          )
        }
        const say = (line: string) => process.stdout.write(`${line}\n`)
        const wishes = { ...usual, children, seed, mistaken: mistakes, today: asAt ?? dayOf(new Date()) }
        const documents = await vaultFor(config)
        const filled = await withApp(appUrl, (app) =>
          fillDemonstration({ jobs, app, documents }, wishes, say),
        )
        say(filled ? 'The demonstration is filled: npm start opens it.' : await filledBefore(jobs))
      }),
    )
}

const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const number = Number(text)
    if (!Number.isInteger(number) || number < least || number > most)
      throw new InvalidArgumentError(`a whole number from ${least} to ${most}`)
    return number
  }

function readDay(text: string): string {
  const day = parseDate(text)
  if (!day) throw new InvalidArgumentError('a day, such as 2026-11-25')
  return day
}

function readShare(text: string): number {
  const share = Number(text)
  if (!(share >= 0 && share <= 1)) throw new InvalidArgumentError('a share between 0 and 1, such as 0.02')
  return share
}

async function filledBefore(jobs: Connection): Promise<string> {
  const { rows } = await sql<{ children: number; seed: number; asAt: string }>`
    select children, seed, as_at as "asAt" from access.demonstration_filled()`.execute(jobs)
  const [filled] = rows
  const how = filled ? ` with ${filled.children} children, seed ${filled.seed}, as at ${filled.asAt}` : ''
  return `This evaluation has been filled before${how}. For another, set CAIRN_DATA to an empty folder.`
}

/** The connection by which the cast acts, as at the pages. */
async function withApp<T>(url: string, work: (app: Connection) => Promise<T>): Promise<T> {
  const app = openConnection({ url, name: 'cairn demonstration', most: 2 })
  return work(app).finally(() => app.destroy())
}

/**
 * Begins to fill an evaluation the first time, and tells whoever started it who can sign in. What takes longer goes on
 * while pages answer, and they say so.
 * @param urls the embedded database
 * @param signal aborts when the database is about to end
 */
export async function fillFirstTime(
  urls: DatabaseUrls,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  if (!urls.jobs) return
  const jobs = openConnection({ url: urls.jobs, name: 'cairn demonstration', most: 4 })
  const app = openConnection({ url: urls.app, name: 'cairn demonstration', most: 2 })
  const close = () => Promise.all([jobs.destroy(), app.destroy()])
  try {
    const wishes: Wishes = { ...usual, today: dayOf(new Date()) }
    const documents = await vaultFor(readConfig())
    const rest = await beginDemonstration({ jobs, app, documents }, wishes, say)
    await tellAccounts(jobs, say)
    if (!rest) await close()
    else void inBackground(rest, say, signal).finally(close)
  } catch (error) {
    await close()
    throw error
  }
}

async function inBackground(rest: Rest, say: (line: string) => void, signal: AbortSignal): Promise<void> {
  demonstrationUnderWay.filling = true
  try {
    await rest()
    say('The demonstration is filled.')
  } catch (error) {
    // Told to stop, or the database is gone: the next start goes on where this one was.
    if (!signal.aborted)
      say(`The demonstration could not be filled to its end (${(error as Error).name}): start again.`)
  } finally {
    demonstrationUnderWay.filling = false
  }
}

async function tellAccounts(jobs: Connection, say: (line: string) => void): Promise<void> {
  const accounts = await demonstrationAccounts(jobs)
  const width = Math.max(...accounts.map(({ email }) => email.length))
  say('This is a demonstration: everybody in it is invented. You can sign in as')
  for (const { email, jobTitle } of accounts) say(`  ${email.padEnd(width)}  ${jobTitle ?? ''}`)
  say(`each with the password: ${demonstrationPassword}`)
}
