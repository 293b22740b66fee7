import { execFile } from 'node:child_process'
import { chmod, chown, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { startEmbeddedServer } from '../database/embedded-server.ts'
import { provisionDatabase, roleName } from '../database/provision.ts'
import { startTestCluster, templateDatabase } from './database-cluster.ts'

const run = promisify(execFile)

interface Urls {
  jobs: string
  superuser: string
}

export interface ServerWithStandby {
  primary: Urls
  standby: Urls
  stop(): Promise<void>
}

/**
 * A server of its own with one migrated database, and a hot standby that streams from it: copied while the first runs,
 * as pg_basebackup would.
 */
export async function aServerWithStandby(): Promise<ServerWithStandby> {
  const { cluster, stop } = await startTestCluster()
  const { superuser, prefix, passwords } = cluster
  const urlsAt = (port: number): Urls => ({
    jobs: `postgres://${roleName(prefix, 'jobs')}:${passwords.jobs}@127.0.0.1:${port}/followed`,
    superuser: `postgres://${superuser.user}:${superuser.password}@127.0.0.1:${port}/postgres`,
  })
  const primary = urlsAt(cluster.port)
  const folder = await mkdtemp(join(tmpdir(), 'cairn-standby-'))
  await chmod(folder, 0o711)
  const copy = join(folder, 'postgres')
  await copyRunning(primary.superuser, copy, (client) =>
    provisionDatabase(client, prefix, 'followed', templateDatabase),
  )
  const follower = await startEmbeddedServer({
    folder: copy,
    durable: false,
    settings: { primary_conninfo: primary.superuser, shared_buffers: '32MB', max_connections: '300' },
  })
  return {
    primary,
    standby: urlsAt(follower.port),
    stop: async () => {
      await follower.stop()
      await stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function copyRunning(
  superuser: string,
  to: string,
  before: (client: pg.Client) => Promise<unknown>,
): Promise<void> {
  const client = new pg.Client(superuser)
  await client.connect()
  try {
    await before(client)
    const { rows } = await client.query<{ folder: string }>(
      `select current_setting('data_directory') as folder, pg_backup_start('standby', true)`,
    )
    await run('cp', ['-a', rows[0]!.folder, to])
    const { rows: ended } = await client.query<{ labelfile: string }>(
      'select labelfile from pg_backup_stop(false)',
    )
    await writeFile(join(to, 'backup_label'), ended[0]!.labelfile)
  } finally {
    await client.end()
  }
  await rm(join(to, 'postmaster.pid'), { force: true })
  await writeFile(join(to, 'standby.signal'), '')
  const { uid, gid } = await stat(to)
  if (process.getuid?.() === 0)
    for (const name of ['backup_label', 'standby.signal']) await chown(join(to, name), uid, gid)
}
