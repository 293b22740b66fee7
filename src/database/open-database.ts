import { CannotStart } from './cannot-start.ts'
import type { Config, DatabaseUrls } from './config.ts'
import { checkServingRole, withClient } from './connection-roles.ts'
import { startEmbeddedDatabase } from './embedded-database.ts'
import { migrate, migrationNames } from './migrate.ts'
import { migrateQueue } from './queue.ts'

export interface OpenDatabase {
  urls: DatabaseUrls
  /** True for the server Cairn brings, of which this process is the only user. */
  embedded: boolean
  /** Resolves with a line when an embedded server ends by itself; never for another. */
  ended: Promise<string>
  stop(): Promise<void>
}

/**
 * The database this process works with, migrated, and its roles neither too strong nor too weak.
 * @param say takes a line for the person at the terminal
 * @param check called before anything is started or asked, but after another Cairn on the same data folder has gone
 * @throws CannotStart, MigrationFailed
 */
export async function openDatabase(
  config: Config,
  say: (line: string) => void,
  check: () => Promise<void> = async () => undefined,
): Promise<OpenDatabase> {
  if (!config.database) return openEmbedded(config.dataFolder, say, check)
  await check()
  return openOwn(config.database)
}

async function openEmbedded(
  dataFolder: string,
  say: (line: string) => void,
  check: () => Promise<void>,
): Promise<OpenDatabase> {
  const embedded = await startEmbeddedDatabase(dataFolder, async () => {
    await check()
    say('Starting the database …')
  })
  try {
    const ran = await migrate(embedded.urls.owner)
    if (ran.length > 0) say(`Brought the database to this version (${ran.length} steps).`)
    await migrateQueue(embedded.urls.jobs)
    await checkServingRole(embedded.urls.app, 'app', 'The embedded database')
    return { urls: embedded.urls, embedded: true, ended: embedded.ended, stop: embedded.stop }
  } catch (error) {
    const explained = await embedded.explain(error)
    await embedded.stop()
    throw explained
  }
}

async function openOwn(urls: DatabaseUrls): Promise<OpenDatabase> {
  await checkServingRole(urls.app, 'app', 'DATABASE_URL')
  if (urls.jobs) await checkServingRole(urls.jobs, 'jobs', 'DATABASE_JOBS_URL')
  if (urls.read) await checkServingRole(urls.read, 'jobs', 'DATABASE_READ_URL')
  await checkVersion(urls.app)
  return { urls, embedded: false, ended: new Promise(() => undefined), stop: async () => undefined }
}

/** Serving processes have no right to migrate: they say that somebody should. */
async function checkVersion(url: string): Promise<void> {
  const { rows } = await withClient(url, 'DATABASE_URL', (client) =>
    client.query<{ name: string }>('select name from public.migration'),
  )
  const done = new Set(rows.map(({ name }) => name))
  const ours = await migrationNames()
  const missing = ours.filter((name) => !done.has(name))
  if (missing.length > 0) {
    throw new CannotStart(
      `The database is older than this Cairn: ${missing[0]} has not run. Run \`cairn migrate\` first.`,
    )
  }
}
