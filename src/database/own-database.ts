import { CannotStart } from './cannot-start.ts'
import { readConfig } from './config.ts'
import { withClient } from './connection-roles.ts'
import { startEmbeddedDatabase } from './embedded-database.ts'
import { migrate } from './migrate.ts'
import { migrateQueue } from './queue.ts'

export interface OwnAddresses {
  owner: string
  jobs: string
}

/**
 * Brings the tables and the queue to this version.
 * @returns the names of the migrations that ran
 */
export async function migrateAll({ owner, jobs }: OwnAddresses): Promise<string[]> {
  const ran = await migrate(owner)
  await migrateQueue(jobs)
  return ran
}

/**
 * Runs work that needs the owner of the database and the role for background work: the authority's own server as
 * DATABASE_OWNER_URL and DATABASE_JOBS_URL say, or the embedded one, started for it.
 * @param migrateEmbedded brings the embedded one to this version first
 * @throws CannotStart with one line for a person
 */
export async function withOwnDatabase<T>(
  work: (addresses: OwnAddresses) => Promise<T>,
  { migrateEmbedded = false } = {},
): Promise<T> {
  const { database, dataFolder } = readConfig()
  if (database) {
    const { owner, jobs } = database
    if (owner && jobs) {
      // Says in one line what keeps either from connecting, before the work begins.
      await withClient(owner, 'DATABASE_OWNER_URL', async () => undefined)
      await withClient(jobs, 'DATABASE_JOBS_URL', async () => undefined)
      return work({ owner, jobs })
    }
    throw new CannotStart(
      `${owner ? 'DATABASE_JOBS_URL' : 'DATABASE_OWNER_URL'} is not set: this needs the owner, and the role for background work for its queue.`,
    )
  }
  const embedded = await startEmbeddedDatabase(dataFolder)
  try {
    if (migrateEmbedded) await migrateAll(embedded.urls)
    return await work(embedded.urls)
  } catch (error) {
    throw await embedded.explain(error)
  } finally {
    await embedded.stop()
  }
}
