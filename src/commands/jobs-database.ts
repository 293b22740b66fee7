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
 * @param work is told the address for the web's role besides, and a standby to read from or the same as `db`
 * @throws CannotStart with one line
 */
export async function withJobsDatabase<T>(
  work: (db: Connection, config: Config, appUrl: string, read: Connection) => Promise<T>,
): Promise<T> {
  const config = readConfig()
  const running = config.database ? undefined : await runningDatabase(config.dataFolder)
  if (running) return withConnection(running.jobs, (db) => work(db, config, running.app, db))
  const database = await openDatabase(config, (line) => process.stderr.write(`${line}\n`))
  try {
    const { jobs, app, read } = database.urls
    if (!jobs)
      throw new CannotStart(
        'DATABASE_JOBS_URL is not set: this command works as the role for background work.',
      )
    return await withConnection(jobs, (db) =>
      read ? withConnection(read, (standby) => work(db, config, app, standby)) : work(db, config, app, db),
    )
  } finally {
    await database.stop()
  }
}

async function withConnection<T>(url: string, work: (db: Connection) => Promise<T>): Promise<T> {
  const db = openConnection({ url, name: 'cairn command', most: 4 })
  return work(db).finally(() => db.destroy())
}

/** The embedded server of a Cairn that serves on this data folder just now. */
async function runningDatabase(dataFolder: string): Promise<{ jobs: string; app: string } | undefined> {
  const passwords = join(dataFolder, 'database-passwords.json')
  if ((await readFile(passwords).catch(() => undefined)) === undefined) return undefined
  const { cluster } = await findPlace(join(dataFolder, 'postgres'))
  const lines = (await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')
  if (lines[7]?.trim() !== 'ready') return undefined
  const kept = await keptPasswords(passwords)
  const urlAs = (role: 'jobs' | 'app') =>
    `postgres://cairn_demo_${role}:${kept[role]}@127.0.0.1:${Number(lines[3])}/cairn`
  const urls = { jobs: urlAs('jobs'), app: urlAs('app') }
  // A server that was killed leaves its file behind.
  return withClient(urls.jobs, 'The embedded database', async () => urls).catch(() => undefined)
}
