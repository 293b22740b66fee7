import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import { inPlainWords } from './cannot-start.ts'
import type { DatabaseUrls } from './config.ts'
import { lockFolder } from './embedded-lock.ts'
import { startEmbeddedServer } from './embedded-server.ts'
import { keptPasswords, provisionDatabase, provisionRoles, provisionSchemas, roleName } from './provision.ts'
import { withSingleConnection } from './single-connection.ts'

export interface EmbeddedDatabase {
  urls: Required<Pick<DatabaseUrls, 'app' | 'owner' | 'jobs' | 'analyst'>>
  /** Resolves when the server has ended, whoever ended it, with a line about why. */
  ended: Promise<string>
  /** An error of work with this server in one line, where the server's log or the error itself has it. */
  explain(error: unknown): Promise<unknown>
  stop(): Promise<void>
}

const prefix = 'cairn_demo'
const database = 'cairn'

/**
 * The embedded server with its roles and its one database, not yet migrated. One process at a time has a data folder.
 * @param dataFolder made when it does not exist
 * @param before called when the folder is this process's own and nothing has been started
 * @throws CannotStart with one line for a person
 */
export async function startEmbeddedDatabase(
  dataFolder: string,
  before: () => Promise<void> = async () => undefined,
): Promise<EmbeddedDatabase> {
  const unlock = await takeFolder(dataFolder)
  try {
    await before()
    const server = await startEmbeddedServer({ folder: join(dataFolder, 'postgres') })
    try {
      const passwords = await keptPasswords(join(dataFolder, 'database-passwords.json'))
      const asSuperuser = (name: string, work: (client: pg.Client) => Promise<void>) =>
        withSingleConnection(
          { host: '127.0.0.1', port: server.port, ...server.superuser, database: name },
          work,
        )
      await asSuperuser('postgres', async (client) => {
        await provisionRoles(client, prefix, passwords)
        await provisionDatabase(client, prefix, database)
      })
      await asSuperuser(database, (client) => provisionSchemas(client, prefix))
      const url = (kind: keyof typeof passwords) =>
        `postgres://${roleName(prefix, kind)}:${passwords[kind]}@127.0.0.1:${server.port}/${database}`
      return {
        urls: { app: url('app'), owner: url('owner'), jobs: url('jobs'), analyst: url('analyst') },
        ended: server.ended,
        explain: server.explain,
        stop: async () => {
          await server.stop()
          await unlock()
        },
      }
    } catch (error) {
      const explained = await server.explain(error)
      await server.stop()
      throw explained
    }
  } catch (error) {
    await unlock()
    throw inPlainWords(error, dataFolder)
  }
}

async function takeFolder(dataFolder: string): Promise<() => Promise<void>> {
  try {
    // Not closed to others on the way through: as root, PostgreSQL's own user must reach what is within.
    await mkdir(dataFolder, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
    return await lockFolder(join(dataFolder, 'running.json'), dataFolder)
  } catch (error) {
    throw inPlainWords(error, dataFolder)
  }
}
