import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { reading, writing } from '../access/reading.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { signedIn } from '../testing/signed-in.ts'
import { SsdFolders, ssdSample } from '../testing/ssd-sample.ts'
import type { Session } from '../web/session.ts'
import { ownSets, wordSet } from './mapping.ts'
import { fieldsOfWords, sayWord, signWords, wordsOf } from './mapping-store.ts'
import { runLoad, ssd } from './ssd-running.ts'

let db: TestDatabase
let folders: SsdFolders
let analyst: Session
beforeEach(async () => {
  db = await testDatabase()
  folders = new SsdFolders()
  analyst = await signedIn(db, { name: 'Priya Anand', roles: ['A-PERF'] })
})
afterEach(async () => {
  folders.remove()
  await db.close()
})

const field = 'lega_legal_status'

test('a word holds its row until it is said and signed; who did is kept; said anew it is unsigned', async () => {
  const sample = ssdSample()
  sample.ssd_legal_status![1]!.lega_legal_status = 'Care Order Sec. 31(a)'
  sample.ssd_cin_episodes![0]!.cine_referral_source_code = 'Not a source'
  const folder = folders.write(sample)
  const load = () => runLoad(db.jobs, ssd, [folder], { system: 'mosaic' })
  const statuses = async () => {
    const { tables } = await load()
    const { read, loaded, held } = tables.find(({ table }) => table === 'ssd_legal_status')!
    return { read, loaded, held }
  }
  expect(await statuses()).toEqual({ read: 2, loaded: 1, held: 1 })
  const words = () => reading(db.app, analyst, (trx) => wordsOf(trx, 'mosaic', field))
  const [word] = await words()
  expect(word).toMatchObject({ word: 'Care Order Sec. 31(a)', code: null, times: 1, signed_at: null })

  await writing(db.app, analyst, (trx) => sayWord(trx, analyst, word!.id, 'C2'))
  // Said is not signed.
  expect(await statuses()).toEqual({ read: 2, loaded: 1, held: 1 })

  const before = new Date(Date.now() - 60_000)
  expect(await writing(db.app, analyst, (trx) => signWords(trx, analyst, 'mosaic', field, before))).toBe(0)
  expect(
    await writing(db.app, analyst, (trx) =>
      signWords(trx, analyst, 'mosaic', field, new Date(Date.now() + 1000)),
    ),
  ).toBe(1)
  expect((await words())[0]).toMatchObject({
    code: 'C2',
    said_name: 'Priya Anand',
    signed_name: 'Priya Anand',
  })
  expect(await statuses()).toEqual({ read: 2, loaded: 2, held: 0 })

  await writing(db.app, analyst, (trx) => sayWord(trx, analyst, word!.id, 'C1'))
  expect((await words())[0]).toMatchObject({ code: 'C1', signed_at: null })
  const { rows: history } = await sql`select code, signed from importing.word_history order by at`.execute(
    db.owner,
  )
  expect(history).toEqual([
    { code: 'C2', signed: false },
    { code: 'C2', signed: true },
    { code: 'C1', signed: false },
  ])
  const fields = await reading(db.app, analyst, (trx) => fieldsOfWords(trx))
  expect(fields).toMatchObject([
    { field: 'cine_referral_source_code', unsaid: 1, unsaid_rows: 1 },
    { field, unsaid: 0, unsigned: 1 },
  ])
})

test('the record’s own sets have what their columns take, and no more', async () => {
  for (const [name, [table, column]] of Object.entries(ownSets)) {
    const { rows } = await sql<{ value: string }>`
      select distinct m[1] as value
        from pg_attribute a join pg_constraint c on c.contype = 'c' and (c.conrelid = a.attrelid and c.conkey = array[a.attnum] or c.contypid = a.atttypid)
       cross join regexp_matches(pg_get_constraintdef(c.oid), '''([^'']*)''::text', 'g') as m
       where a.attrelid = ${`record.${table}`}::regclass and a.attname = ${column}`.execute(db.owner)
    const offered = wordSet(name).options.map(({ value }) => value)
    expect([name, ...offered.sort()]).toEqual([name, ...rows.map(({ value }) => value).sort()])
  }
})

test('nobody else says or signs', async () => {
  await sql`insert into importing.word (system, field, word, code_set) values ('mosaic', ${field}, 'SGO', 'legal_status')`.execute(
    db.owner,
  )
  const manager = await signedIn(db, { roles: ['A-TM'] })
  const { rows } = await sql<{ id: string }>`select id from importing.word`.execute(db.owner)
  await expect(
    writing(db.app, manager, (trx) => sayWord(trx, manager, rows[0]!.id, 'C2')),
  ).rejects.toMatchObject({ statusCode: 403 })
  await expect(
    writing(db.app, manager, (trx) => signWords(trx, manager, 'mosaic', field, new Date())),
  ).rejects.toMatchObject({
    statusCode: 403,
  })
  await expect(sql`update importing.word set code = 'C2'`.execute(db.app)).rejects.toThrow(
    'permission denied',
  )
})
