import { randomUUID } from 'node:crypto'
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../testing/database.ts'
import { signedIn } from '../../testing/signed-in.ts'
import type { Session } from '../../web/session.ts'
import { migrateQueue } from '../queue.ts'
import { withSingleConnection } from '../single-connection.ts'
import { readCatalogue } from './catalogue.ts'
import { restoreBackup } from './restore.ts'
import { makeKeyFile } from './sealed-file.ts'
import { writeBackup } from './write.ts'

let folder: string
let key: string
let file: string
let from: TestDatabase
let untouched: TestDatabase
/** Somebody who is signed in while the backup is made. */
let session: Session
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cairn-backup-'))
  key = join(folder, 'key')
  file = join(folder, 'backup')
  await makeKeyFile(key)
  from = await fresh()
  untouched = await fresh()
  await fill(from)
  session = await signedIn(from, { name: 'Ann Bell', roles: ['A-SW'] })
  await writeBackup(from.urls, file, key, '0.0.1')
})
afterAll(async () => {
  await from.close()
  await untouched.close()
  await rm(folder, { recursive: true })
})

async function fresh(): Promise<TestDatabase> {
  const db = await testDatabase()
  await migrateQueue(db.urls.jobs)
  return db
}

const job = randomUUID()

/** People with what text formats stumble over, what stood before, a month of the trail that no new database has. */
async function fill(db: TestDatabase): Promise<void> {
  await sql`insert into record.person default values`.execute(db.owner)
  await sql`insert into record.person select from generate_series(1, 500)`.execute(db.owner)
  await sql`update record.person set import_place = ${'a\tb\nc\\.\n\\.\nüñ 👶 "x" \\N'} where id in (select id from record.person limit 20)`.execute(
    db.owner,
  )
  await sql`create table audit.trail_2020_01 partition of audit.trail for values from ('2020-01-01T00:00Z') to ('2020-02-01T00:00Z')`.execute(
    db.owner,
  )
  await sql`create trigger append_only before update or delete on audit.trail_2020_01 for each row execute function audit.refuse_change()`.execute(
    db.owner,
  )
  await sql`insert into audit.trail (at, payload) values ('2020-01-15T12:00Z', '{"action": "open"}'), (now(), '{"action": "open"}')`.execute(
    db.owner,
  )
  await withSingleConnection({ connectionString: db.urls.owner }, async (client) => {
    const { sequences } = await readCatalogue(client)
    for (const { name } of sequences) await client.query('select setval($1, 4242)', [name])
  })
  await sql`select jobs.enqueue('letter', ${job}, '2030-01-01T00:00Z')`.execute(db.app)
}

/** For each table what it holds, as one hash; for each sequence where it is. */
async function state(db: TestDatabase): Promise<Record<string, unknown>> {
  return withSingleConnection({ connectionString: db.urls.owner }, async (client) => {
    const { tables, sequences } = await readCatalogue(client)
    const found: Record<string, unknown> = { sequences }
    for (const { name } of tables) {
      const { rows } = await client.query(
        `select count(*), md5(coalesce(string_agg(t::text, E'\\n' order by t::text), '')) as hash from ${name} t`,
      )
      found[name] = rows[0]
    }
    return found
  })
}

/** What a restore into an untouched database says when it is refused; the database stays as it was. */
async function refusedRestore(backup: string, keyFile = key): Promise<Error> {
  const before = await state(untouched)
  const error = await restoreBackup(untouched.urls, backup, keyFile).catch((caught: Error) => caught)
  expect(await state(untouched)).toEqual(before)
  return error as Error
}

describe('a backup', () => {
  test('gives back every table, sequence and month of the trail as it was, guards included', async () => {
    const to = await fresh()
    try {
      const before = await state(from)
      await restoreBackup(to.urls, file, key)
      expect(await state(to)).toEqual(before)
      expect(before.sequences).toContainEqual(expect.objectContaining({ last: '4242' }))
      expect(before['record.person']).toMatchObject({ count: '501' })
      await expect(sql`delete from audit.trail where at < '2021-01-01'`.execute(to.owner)).rejects.toThrow(
        'The trail is only added to',
      )
      const { rows } = await sql`select task_identifier as identifier, run_at from jobs.jobs`.execute(to.jobs)
      expect(rows).toEqual([{ identifier: 'letter', run_at: new Date('2030-01-01T00:00Z') }])
      const links = sql`select conrelid::regclass::text as of, conname, pg_get_constraintdef(oid) from pg_constraint where contype = 'f' order by 1, 2`
      expect((await links.execute(to.owner)).rows).toEqual((await links.execute(from.owner)).rows)
      const off = sql`select tgname from pg_trigger where tgenabled = 'D'`
      expect((await off.execute(to.owner)).rows).toEqual([])
    } finally {
      await to.close()
    }
  })

  test('lets nobody in again: sessions and openings stay behind', async () => {
    const names = await withSingleConnection({ connectionString: from.urls.owner }, async (client) =>
      (await readCatalogue(client)).tables.map(({ name }) => name),
    )
    expect(names).toContain('record.person')
    expect(names).toContain('access.account')
    expect(names).not.toEqual(expect.arrayContaining(['access.session']))
    expect(names).not.toEqual(expect.arrayContaining(['access.opening']))
    const { rows } = await sql`
      select conrelid::regclass::text as of, confrelid::regclass::text as left_out from pg_constraint
       where contype = 'f' and confrelid::regclass::text = any(${['access.session', 'access.run', 'access.submission', 'forms.draft_window', 'audit.identity']})
         and conrelid::regclass::text = any(${names})`.execute(from.owner)
    expect(rows).toEqual([])
  })

  test('ends every session: who was signed in has to sign in again to what is restored', async () => {
    const isSignedIn = async (db: TestDatabase) => {
      const { rows } = await sql<{ id: string | null }>`
        select session_id as id from access.resolve_session(${session.secret})`.execute(db.app)
      return Boolean(rows[0]?.id)
    }
    const to = await fresh()
    try {
      await restoreBackup(to.urls, file, key)
      expect(await isSignedIn(from)).toBe(true)
      expect(await isSignedIn(to)).toBe(false)
      const { rows } = await sql`
        select (select count(*) from access.session) as sessions, (select count(*) from access.opening) as openings,
               (select count(*) from access.run) as runs`.execute(to.owner)
      expect(rows).toEqual([{ sessions: 0, openings: 0, runs: 0 }])
    } finally {
      await to.close()
    }
  })

  test('holds nothing that can be read without the key', async () => {
    const bytes = await readFile(file)
    expect(bytes.subarray(0, 21).toString()).toBe('age-encryption.org/v1')
    expect(bytes.includes('record.person')).toBe(false)
    expect((await readdir(folder)).sort()).toEqual(['backup', 'key'])
  })

  test('can be made with the public key alone', async () => {
    const publicKey = /age1\S+/.exec(await readFile(key, 'utf8'))![0]
    const [publicFile, made] = [join(folder, 'public'), join(folder, 'made-with-public')]
    await writeFile(publicFile, `${publicKey}\n`)
    await writeBackup(from.urls, made, publicFile, '0.0.1')
    expect((await refusedRestore(made, publicFile)).message).toMatch(/has the public key only/)
    const to = await fresh()
    await restoreBackup(to.urls, made, key).finally(() => to.close())
    await rm(made)
    await rm(publicFile)
  })
})

describe('one line, and nothing restored', () => {
  const changed = async (change: (bytes: Buffer) => Buffer) => {
    const copy = join(folder, 'changed')
    await writeFile(copy, change(await readFile(file)))
    return copy
  }

  test('another key', async () => {
    const other = join(folder, 'other')
    await makeKeyFile(other)
    expect((await refusedRestore(file, other)).message).toMatch(
      /does not open .*: it was made with another\.$/,
    )
  })

  test.each([0.2, 0.9, 0.999])('a file cut short at %d', async (share) => {
    const cut = await changed((bytes) => bytes.subarray(0, Math.floor(bytes.length * share)))
    expect((await refusedRestore(cut)).message).toMatch(/cut short or changed/)
  })

  test('a file changed in the middle', async () => {
    const other = await changed((bytes) => {
      bytes[Math.floor(bytes.length / 2)]! ^= 1
      return bytes
    })
    expect((await refusedRestore(other)).message).toMatch(/cut short or changed/)
  })

  test('something that is no backup', async () => {
    const other = await changed(() => Buffer.from('name,born\n'))
    expect((await refusedRestore(other)).message).toMatch(/is not a backup of Cairn/)
    expect((await refusedRestore(join(folder, 'nothing'))).message).toMatch(/cannot be read/)
    expect((await refusedRestore(file, join(folder, 'nothing'))).message).toMatch(/key file cannot be read/)
  })

  test('a database of another version', async () => {
    const to = await fresh()
    try {
      await sql`update public.migration set name = '9999_later' where name like '0001%'`.execute(to.owner)
      await expect(restoreBackup(to.urls, file, key)).rejects.toThrow(
        /Restore it with the Cairn that made it/,
      )
    } finally {
      await to.close()
    }
  })

  test('a database that is in use', async () => {
    const copy = join(folder, 'same')
    await copyFile(file, copy)
    await expect(restoreBackup(from.urls, copy, key)).rejects.toThrow(/in use already/)
  })

  test('a key file that is there already is not written over', async () => {
    await expect(makeKeyFile(key)).rejects.toThrow(/There is a key file already/)
  })
})
