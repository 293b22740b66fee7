import type { Command } from 'commander'
import { CannotStart } from '../database/cannot-start.ts'
import { readConfig } from '../database/config.ts'
import { startEmbeddedDatabase } from '../database/embedded-database.ts'
import { migrate } from '../database/migrate.ts'
import { migrateQueue } from '../database/queue.ts'

/** `cairn migrate`: brings a database to this version. Serving processes may run meanwhile only if the notes say so. */
export function define(command: Command): void {
  command.option('--json', 'for programs').action(async ({ json }: { json?: boolean }) => {
    const config = readConfig()
    const ran = config.database
      ? await migrateOwn(config.database.owner, config.database.jobs)
      : await migrateEmbedded(config.dataFolder)
    if (json) process.stdout.write(`${JSON.stringify({ migrated: ran })}\n`)
    else process.stdout.write(ran.length ? `${ran.map((name) => `${name}\n`).join('')}` : 'Nothing to do.\n')
  })
}

async function migrateOwn(owner: string | undefined, jobs: string | undefined): Promise<string[]> {
  if (!owner || !jobs) {
    throw new CannotStart(
      `${owner ? 'DATABASE_JOBS_URL' : 'DATABASE_OWNER_URL'} is not set: migrating needs the owner, and the role for background work for its queue.`,
    )
  }
  const ran = await migrate(owner)
  await migrateQueue(jobs)
  return ran
}

async function migrateEmbedded(dataFolder: string): Promise<string[]> {
  const embedded = await startEmbeddedDatabase(dataFolder)
  try {
    return await migrateOwn(embedded.urls.owner, embedded.urls.jobs)
  } finally {
    await embedded.stop()
  }
}
