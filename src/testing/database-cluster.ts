import { createHash } from 'node:crypto'
import {
  chmod,
  chown,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { type EmbeddedServer, startEmbeddedServer } from '../database/embedded-server.ts'
import { migrate, migrationsFolder } from '../database/migrate.ts'
import {
  type Passwords,
  provisionDatabase,
  provisionRoles,
  provisionSchemas,
  roleName,
} from '../database/provision.ts'

/** What a test needs to reach the cluster of its run. */
export interface TestCluster {
  port: number
  superuser: { user: string; password: string }
  prefix: string
  passwords: Passwords
}

declare module 'vitest' {
  interface ProvidedContext {
    databaseCluster: TestCluster
  }
}

/** Database that every test's own is copied from. */
export const templateDatabase = 'cairn_template'

const prefix = 'cairn_test'
const passwords: Passwords = { owner: 'owner', app: 'app', jobs: 'jobs', analyst: 'analyst' }

/**
 * One server for a test run, in a folder of its own that is thrown away. Making a cluster and migrating it takes
 * seconds, so a stopped one is kept for each state of the migrations and copied.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const { cluster, stop } = await startTestCluster()
  project.provide('databaseCluster', cluster)
  return stop
}

/** The same for a program that is not a Vitest run. */
export async function startTestCluster(): Promise<{ cluster: TestCluster; stop: () => Promise<void> }> {
  const shelf = join(tmpdir(), `cairn-tests-${userInfo().uid}`)
  await mkdir(shelf, { recursive: true, mode: 0o711 })
  await clearShelf(shelf)
  const template = join(shelf, `template-${await stateOfMigrations()}`)
  if (await exists(template)) await utimes(template, new Date(), new Date())
  else await makeTemplate(shelf, template)
  const folder = await runFolder(shelf)
  const server = await startCopy(template, join(folder, 'postgres'))
  const stop = async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
  return { cluster: { port: server.port, superuser: server.superuser, prefix, passwords }, stop }
}

async function makeTemplate(shelf: string, template: string): Promise<void> {
  const folder = await runFolder(shelf)
  try {
    const making = join(folder, 'postgres')
    const server = await start(making)
    try {
      await fill(server)
    } finally {
      await server.stop()
    }
    await rename(making, template).catch(async (error) => {
      if (!(await exists(template))) throw error
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function fill(server: EmbeddedServer): Promise<void> {
  const connect = async <T>(database: string, work: (client: pg.Client) => Promise<T>) => {
    const client = new pg.Client({ host: '127.0.0.1', port: server.port, ...server.superuser, database })
    await client.connect()
    return work(client).finally(() => client.end())
  }
  await connect('postgres', async (client) => {
    await provisionRoles(client, prefix, passwords)
    await provisionDatabase(client, prefix, templateDatabase)
  })
  await connect(templateDatabase, (client) => provisionSchemas(client, prefix))
  await migrate(
    `postgres://${roleName(prefix, 'owner')}:${passwords.owner}@127.0.0.1:${server.port}/${templateDatabase}`,
    {
      mayShowValues: true,
    },
  )
}

function start(folder: string): Promise<EmbeddedServer> {
  return startEmbeddedServer({
    folder,
    durable: false,
    settings: { shared_buffers: '64MB', max_connections: '300' },
  })
}

async function startCopy(from: string, to: string): Promise<EmbeddedServer> {
  const { uid, gid } = await stat(from)
  await cp(from, to, { recursive: true, preserveTimestamps: false })
  if (process.getuid?.() === 0) await giveTo(to, uid, gid)
  return start(to)
}

async function giveTo(folder: string, uid: number, gid: number): Promise<void> {
  await chown(folder, uid, gid)
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await giveTo(join(folder, entry.name), uid, gid)
    else await chown(join(folder, entry.name), uid, gid)
  }
}

/** A folder for this process, through which the server's user can reach the cluster within. */
async function runFolder(shelf: string): Promise<string> {
  const folder = await mkdtemp(join(shelf, 'run-'))
  await chmod(folder, 0o711)
  await writeFile(join(folder, 'pid'), String(process.pid))
  return folder
}

/** A key for everything the template is made from. */
async function stateOfMigrations(): Promise<string> {
  const hash = createHash('sha256')
  const database = fileURLToPath(new URL('../database/', import.meta.url))
  const sources = ['provision.ts', 'migrate.ts', 'embedded-server.ts'].map((name) => join(database, name))
  const migrations = (await readdir(migrationsFolder)).filter((name) => name.endsWith('.sql')).sort()
  for (const file of [
    fileURLToPath(import.meta.url),
    ...sources,
    ...migrations.map((name) => join(migrationsFolder, name)),
  ]) {
    hash
      .update(`${file}\0`)
      .update(await readFile(file))
      .update('\0')
  }
  return hash.digest('hex').slice(0, 20)
}

/** Removes what runs that were killed left behind, and templates nobody has used for a day. */
async function clearShelf(shelf: string): Promise<void> {
  for (const name of await readdir(shelf)) {
    const path = join(shelf, name)
    const age = Date.now() - ((await stat(path).catch(() => undefined))?.mtimeMs ?? Date.now())
    if (
      name.startsWith('template-')
        ? age > 86_400_000
        : name.startsWith('run-') && age > 60_000 && (await isOver(path))
    ) {
      await rm(path, { recursive: true, force: true })
    }
  }
}

async function isOver(run: string): Promise<boolean> {
  const pid = Number(await readFile(join(run, 'pid'), 'utf8').catch(() => '0'))
  if (!pid) return true
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined
}
