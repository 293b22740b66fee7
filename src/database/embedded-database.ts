import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { inPlainWords } from './cannot-start.ts'
import type { DatabaseUrls } from './config.ts'
import { lockFolder } from './embedded-lock.ts'
import { startEmbeddedServer } from './embedded-server.ts'
import { keptPasswords, provisionDatabase, provisionRoles, provisionSchemas, roleName } from './provision.ts'

export interface EmbeddedDatabase {
  urls: Required<Pick<DatabaseUrls, 'app' | 'owner' | 'jobs' | 'analyst'>>
  /** Resolves when the server has ended, whoever ended it. */
  ended: Promise<void>
  stop(): Promise<void>
}

const prefix = 'cairn_demo'
const database = 'cairn'

/**
 * The embedded server with its roles and its one database, not yet migrated. One process at a time has a data folder.
 * @param dataFolder made when it does not exist
 * @throws CannotStart with one line for a person
 */
export async function startEmbeddedDatabase(dataFolder: string): Promise<EmbeddedDatabase> {
  const unlock = await takeFolder(dataFolder)
  try {
    const server = await startEmbeddedServer({ folder: join(dataFolder, 'postgres') })
    try {
      const passwords = await keptPasswords(join(dataFolder, 'database-passwords.json'))
      const asSuperuser = async (name: string, work: (client: pg.Client) => Promise<void>) => {
        const client = new pg.Client({
          host: '127.0.0.1',
          port: server.port,
          ...server.superuser,
          database: name,
        })
        await client.connect()
        await work(client).finally(() => client.end())
      }
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
        stop: async () => {
          await server.stop()
          await unlock()
        },
      }
    } catch (error) {
      await server.stop()
      throw error
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
