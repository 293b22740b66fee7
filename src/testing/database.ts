import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { type Connection, openConnection } from '../database/connection.ts'
import { provisionDatabase, type RoleKind, roleKinds, roleName } from '../database/provision.ts'
import { templateDatabase } from './database-cluster.ts'

export interface TestDatabase extends Record<RoleKind, Connection> {
  name: string
  urls: Record<RoleKind, string>
  /** For attack tests only: nothing Cairn runs connects so. */
  superuserUrl: string
  /** Closes the pools and drops the database. */
  close(): Promise<void>
}

/** A fresh, migrated database with a pool for each role. */
export async function testDatabase(): Promise<TestDatabase> {
  const { port, superuser, prefix, passwords } = inject('databaseCluster')
  const name = `t_${randomBytes(8).toString('hex')}`
  const url = (user: string, password: string, database: string) =>
    `postgres://${user}:${password}@127.0.0.1:${port}/${database}`
  const asSuperuser = async (work: (client: pg.Client) => Promise<unknown>) => {
    const client = new pg.Client(url(superuser.user, superuser.password, 'postgres'))
    await client.connect()
    await work(client).finally(() => client.end())
  }
  await asSuperuser(async (client) => {
    // A third of the time, where the system has it.
    await client.query('set file_copy_method = clone').catch(() => undefined)
    await provisionDatabase(client, prefix, name, templateDatabase)
  })
  const each = <T>(make: (kind: RoleKind) => T) =>
    Object.fromEntries(roleKinds.map((kind) => [kind, make(kind)])) as Record<RoleKind, T>
  const urls = each((kind) => url(roleName(prefix, kind), passwords[kind], name))
  const pools = each((kind) => openConnection({ url: urls[kind], name: `test ${kind}` }))
  return {
    ...pools,
    name,
    urls,
    superuserUrl: url(superuser.user, superuser.password, name),
    close: async () => {
      await Promise.all(roleKinds.map((kind) => pools[kind].destroy()))
      await asSuperuser((client) =>
        client.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`),
      )
    },
  }
}
