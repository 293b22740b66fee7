import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrateQueue } from '../database/queue.ts'
import type { TaskTools } from '../database/task.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { Altered, bring, own } from '../testing/importing.ts'
import { addRun, findRun } from './store.ts'
import { tasks } from './tasks.ts'

let db: TestDatabase
let tools: TaskTools
const dataFolder = mkdtempSync(join(tmpdir(), 'cairn-tasks-'))
const altered = new Altered()
const before = process.env.CAIRN_DATA

beforeAll(async () => {
  process.env.CAIRN_DATA = dataFolder
  db = await testDatabase()
  await migrateQueue(db.urls.jobs)
  const log = { info: () => undefined, error: () => undefined }
  tools = { db: db.jobs, read: db.jobs, log, signal: undefined }
})
afterAll(async () => {
  if (before === undefined) delete process.env.CAIRN_DATA
  else process.env.CAIRN_DATA = before
  await db?.close()
  altered.remove()
  rmSync(dataFolder, { recursive: true, force: true })
})

const run = (name: string, id?: string) => tasks.find((task) => task.name === name)!.run(id, tools)

/** A run as a page makes one, with its uploaded files. */
async function asked(files: Record<string, string>): Promise<{ id: string; place: string }> {
  const { id } = await addRun(db.jobs, { source: 'cin-census', period: '', files: Object.keys(files) })
  const place = join(dataFolder, 'private', 'imports', id)
  mkdirSync(place, { recursive: true })
  for (const [name, text] of Object.entries(files)) writeFileSync(join(place, name), text)
  return { id, place }
}

test('unusable files are said to be so, and are gone', async () => {
  const { id, place } = await asked({ 'list.xml': '<Children/>' })
  await run('import', id)
  expect(await findRun(db.jobs, id)).toMatchObject({
    state: 'unusable',
    says: expect.stringContaining('list.xml, line 1'),
  })
  expect(existsSync(place)).toBe(false)
})

test('files that are no longer there: the run says so instead of waiting for ever', async () => {
  const { id, place } = await asked({ 'list.xml': '' })
  rmSync(place, { recursive: true })
  await run('import', id)
  expect(await findRun(db.jobs, id)).toMatchObject({
    state: 'failed',
    says: expect.stringContaining('Upload them again'),
  })
})

test('while another import enters, it goes to the back of the queue and keeps its files', async () => {
  const { id, place } = await asked({
    'census.xml':
      '<Message><Header><Year>2025</Year></Header><Children><Child><ChildIdentifiers><LAchildID>A1</LAchildID></ChildIdentifiers></Child></Children></Message>'.replace(
        '<Year>2025</Year>',
        '<CollectionDetails><Year>2025</Year></CollectionDetails>',
      ),
  })
  await db.jobs.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtext('importing.entering'))`.execute(trx)
    await run('import', id)
  })
  expect(await findRun(db.jobs, id)).toMatchObject({ state: 'waiting' })
  expect(readdirSync(place)).toEqual(['census.xml'])
  const { rows } =
    await sql`select from jobs.jobs where task_identifier = 'import' and key = ${`import:${id}`}`.execute(
      db.jobs,
    )
  expect(rows).toHaveLength(1)
  await run('import', id)
  expect(await findRun(db.jobs, id)).toMatchObject({ state: 'finished', children: 1 })
})

test('tidying removes files nobody waits for, and rows of problems decided long ago', async () => {
  const { id, place } = await asked({ 'list.xml': '<Children/>' })
  const waiting = await asked({ 'other.xml': '<Children/>' })
  await sql`update importing.run set state = 'finished' where id = ${id}`.execute(db.owner)
  await bring(
    db,
    'ssda903',
    altered.files(own.care, {
      'oc3.csv': (text) => text.replace('YES,P2,U1', 'YES,P2,Q9').replace('YES,F2,K1', 'YES,F2,Q9'),
    }),
  )
  await sql`update importing.problem set state = 'dismissed', words = 'for a test', decided_at = now() - interval '91 days' where line = 2`.execute(
    db.owner,
  )
  await run('import-tidying')
  expect([existsSync(place), existsSync(waiting.place)]).toEqual([false, true])
  const { rows } = await sql<{ line: number; kept: boolean }>`
    select line, rows <> '[]' as kept from importing.problem order by line`.execute(db.owner)
  expect(rows).toEqual([
    { line: 2, kept: false },
    { line: 3, kept: true },
  ])
})
