import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openRecord } from '../access/opening.ts'
import { reading } from '../access/reading.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { until } from '../testing/program.ts'
import { signedIn } from '../testing/signed-in.ts'
import { type Connection, openConnection } from './connection.ts'

const program = ['/usr/sbin/pgbouncer', '/usr/local/bin/pgbouncer', '/opt/homebrew/bin/pgbouncer'].find(
  existsSync,
)

// Two connections of the server for everybody: what one transaction leaves behind, another's would find.
const settings = (db: TestDatabase, port: number, folder: string) => {
  const { hostname, port: serverPort } = new URL(db.urls.app)
  return `
[databases]
${db.name} = host=${hostname} port=${serverPort}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = plain
auth_file = ${folder}/users
pool_mode = transaction
default_pool_size = 2
max_client_conn = 200
server_reset_query_always = 0
ignore_startup_parameters = extra_float_digits
`
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => done(port))
    })
  })
}

const answers = (port: number) =>
  new Promise<boolean>((done) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => done(true)).once('error', () => done(false))
    socket.once('connect', () => socket.end())
  })

describe.skipIf(!program)('behind PgBouncer in transaction mode', () => {
  let db: TestDatabase
  let folder: string
  let pooler: ChildProcess
  let app: Connection

  beforeAll(async () => {
    db = await testDatabase()
    folder = await mkdtemp(join(tmpdir(), 'cairn-pooler-'))
    await chmod(folder, 0o755)
    const port = await freePort()
    await writeFile(join(folder, 'settings.ini'), settings(db, port, folder))
    await writeFile(join(folder, 'users'), '"cairn_test_app" "app"\n')
    // It refuses to run as root.
    const asRoot = process.getuid?.() === 0 ? ['-u', 'nobody'] : []
    pooler = spawn(program!, ['-q', ...asRoot, join(folder, 'settings.ini')], { stdio: 'ignore' })
    await until('the pooler answers', () => answers(port))
    const address = new URL(db.urls.app)
    address.port = String(port)
    app = openConnection({ url: address.href, name: 'cairn web', most: 40 })
  })
  afterAll(async () => {
    await app.destroy()
    pooler.kill('SIGKILL')
    await db.close()
    await rm(folder, { recursive: true })
  })

  test('forty sessions at once open and read on two connections, each as itself', async () => {
    const through = { ...db, app }
    const people = await sql<{
      id: string
    }>`insert into record.person select from generate_series(1, 40) returning id`.execute(db.owner)
    const sessions = await Promise.all(people.rows.map(() => signedIn(through, { roles: ['A-SW'] })))
    const seen = await Promise.all(
      sessions.map(async (session, index) => {
        const opened = await openRecord(app, session, people.rows[index]!.id, { purpose: 'case management' })
        const { rows } = await reading(app, session, (trx) =>
          sql<{ secret: string }>`select current_setting('cairn.session') as secret`.execute(trx),
        )
        return { allowed: opened.allowed, secret: rows[0]!.secret }
      }),
    )
    expect(seen).toEqual(sessions.map(({ secret }) => ({ allowed: false, secret })))
    const { rows } = await sql<{ lines: number }>`
      select count(*) as lines from audit.trail where subject = any(${people.rows.map(({ id }) => id)})`.execute(
      db.owner,
    )
    expect(rows).toEqual([{ lines: 40 }])
  })

  test('nothing is left on a connection: no setting, no prepared statement, no lock', async () => {
    const left = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const { rows } = await sql`
          select coalesce(current_setting('cairn.session', true), '') as session,
                 current_setting('search_path') as path,
                 (select count(*) from pg_prepared_statements) as statements,
                 (select count(*) from pg_locks where locktype = 'advisory') as locks`.execute(app)
        return rows[0]
      }),
    )
    expect(left).toEqual(
      Array.from({ length: 20 }, () => ({ session: '', path: 'record, public', statements: 0, locks: 0 })),
    )
  })
})

test('no session setting, session lock or listening connection is asked for outside background work', () => {
  const forbidden = String.raw`set_config\([^)]*, false\)|\bset session\b|pg_(try_)?advisory_lock(_shared)?\(|["'\x60]listen [a-z]`
  const { stdout } = spawnSync(
    'grep',
    ['-rnEi', forbidden, 'src', '--include=*.ts', '--include=*.sql', '--exclude=*.test.ts'],
    {
      encoding: 'utf8',
    },
  )
  expect(stdout.trim()).toBe('')
})
