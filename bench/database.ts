import pg from 'pg'
import { type Connection, openConnection } from '../src/database/connection.ts'
import { provisionDatabase, roleName } from '../src/database/provision.ts'
import { startTestCluster, templateDatabase } from '../src/testing/database-cluster.ts'

export interface BenchDatabase {
  owner: Connection
  app: Connection
  jobs: Connection
  /** For a program of its own, or a connection that is listened to (watched.ts). */
  urls: { owner: string; app: string; jobs: string }
  /** As `urls.jobs`. */
  jobsUrl: string
  /** Closes the connections, and stops and removes the server. */
  stop(): Promise<void>
}

/** A server of its own with one migrated database, as the tests have it, for a program that is no test. */
export async function benchDatabase(): Promise<BenchDatabase> {
  const { cluster, stop } = await startTestCluster()
  const { port, superuser, prefix, passwords } = cluster
  const url = (user: string, password: string, database: string) =>
    `postgres://${user}:${password}@127.0.0.1:${port}/${database}`
  const client = new pg.Client(url(superuser.user, superuser.password, 'postgres'))
  await client.connect()
  await provisionDatabase(client, prefix, 'bench', templateDatabase).finally(() => client.end())
  const urlAs = (kind: 'owner' | 'app' | 'jobs') => url(roleName(prefix, kind), passwords[kind], 'bench')
  const as = (kind: 'owner' | 'app' | 'jobs') => openConnection({ url: urlAs(kind), name: `bench ${kind}` })
  const connections = { owner: as('owner'), app: as('app'), jobs: as('jobs') }
  return {
    ...connections,
    urls: { owner: urlAs('owner'), app: urlAs('app'), jobs: urlAs('jobs') },
    jobsUrl: urlAs('jobs'),
    stop: async () => {
      await Promise.all(Object.values(connections).map((connection) => connection.destroy()))
      await stop()
    },
  }
}
