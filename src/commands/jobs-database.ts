import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CannotStart } from '../database/cannot-start.ts'
import { type Config, readConfig } from '../database/config.ts'
import { type Connection, openConnection } from '../database/connection.ts'
import { withClient } from '../database/connection-roles.ts'
import { findPlace } from '../database/embedded-server-place.ts'
import { openDatabase } from '../database/open-database.ts'
import { keptPasswords } from '../database/provision.ts'

/**
 * Does a command's work as the role for background work, on the authority's own server, on the embedded one of a
 * Cairn that runs, or on one started for the command.
 * @throws CannotStart with one line
 */
export async function withJobsDatabase<T>(work: (db: Connection, config: Config) => Promise<T>): Promise<T> {
  const config = readConfig()
  const running = config.database ? undefined : await runningDatabase(config.dataFolder)
  if (running) return withConnection(running, (db) => work(db, config))
  const database = await openDatabase(config, (line) => process.stderr.write(`${line}\n`))
  try {
    const { jobs } = database.urls
    if (!jobs)
      throw new CannotStart(
        'DATABASE_JOBS_URL is not set: this command works as the role for background work.',
      )
    return await withConnection(jobs, (db) => work(db, config))
  } finally {
    await database.stop()
  }
}

async function withConnection<T>(url: string, work: (db: Connection) => Promise<T>): Promise<T> {
  const db = openConnection({ url, name: 'cairn command', most: 4 })
  return work(db).finally(() => db.destroy())
}

/** The embedded server of a Cairn that serves on this data folder just now. */
async function runningDatabase(dataFolder: string): Promise<string | undefined> {
  const passwords = join(dataFolder, 'database-passwords.json')
  const kept = await readFile(passwords).catch(() => undefined)
  if (kept === undefined) return undefined
  const { cluster } = await findPlace(join(dataFolder, 'postgres'))
  const lines = (await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')
  if (lines[7]?.trim() !== 'ready') return undefined
  const { jobs } = await keptPasswords(passwords)
  const url = `postgres://cairn_demo_jobs:${jobs}@127.0.0.1:${Number(lines[3])}/cairn`
  // A server that was killed leaves its file behind.
  return withClient(url, 'The embedded database', async () => url).catch(() => undefined)
}
