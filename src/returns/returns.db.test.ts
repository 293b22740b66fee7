import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { migrateQueue } from '../database/queue.ts'
import { runImport } from '../importing/running.ts'
import { addRun } from '../importing/store.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { signedIn } from '../testing/signed-in.ts'
import { aHouse, mainWords, Visitor } from '../testing/visitor.ts'
import type { Session } from '../web/session.ts'
import { returns } from './area.ts'
import { packedPieces } from './store.ts'
import { tasks } from './tasks.ts'

const file = resolve(import.meta.dirname, '../../samples/cin-census/fellshire-2024-25.xml')

let db: TestDatabase
let house: FastifyInstance
let session: Session
let analyst: Visitor
let manager: Visitor
beforeAll(async () => {
  db = await testDatabase()
  await migrateQueue(db.urls.jobs)
  const run = await addRun(db.jobs, { source: 'cin-census', period: '', files: [file] })
  await runImport(db.jobs, run, [file])
  house = await aHouse(db, { areas: [returns], now: () => new Date('2026-11-25T10:00:00Z') })
  session = await signedIn(db, { name: 'Pat Lowe', roles: ['A-PERF'] })
  analyst = new Visitor(house, session)
  manager = new Visitor(house, await signedIn(db, { name: 'Ann Bell', roles: ['A-SM'] }))
})
afterAll(async () => {
  await house?.close()
  await db?.close()
})

const log = { info: () => undefined, error: () => undefined }
const task = (name: string) => tasks.find((one) => one.name === name)!
const tools = () => ({ db: db.jobs, read: db.jobs, log, signal: undefined })

/** Asks for a return on its page and lets the job make it. */
async function made(wishes: Record<string, string>): Promise<string> {
  const answer = await analyst.post('/returns', { kind: 'return', ...wishes }, { page: '/returns/new' })
  expect(answer.statusCode).toBe(303)
  const address = String(answer.headers.location)
  const waiting = await analyst.get(address)
  expect(mainWords(waiting.body)).toContain('Waiting for its turn')
  await task('return').run(address.split('/').pop(), tools())
  return address
}

const trail = async (where: ReturnType<typeof sql>) => {
  const { rows } = await sql<{ payload: Record<string, unknown> }>`
    select payload from audit.trail where ${where} order by id`.execute(db.owner)
  return rows.map(({ payload }) => payload)
}

describe('a return asked for on its page', () => {
  let address: string
  test('is made by a job, listed with its hash and who made it, and downloaded as it was made', async () => {
    address = await made({ year: '2024-25' })
    const page = mainWords((await analyst.get(address)).body)
    expect(page).toContain('It fits the shape that the DfE’s system loads')
    expect(page).toContain('by Pat Lowe')
    const download = await analyst.get(`${address}/file`)
    expect(download.statusCode).toBe(200)
    expect(download.headers['content-disposition']).toBe('attachment; filename="999_CIN_2025_001.xml"')
    expect(download.headers['content-length']).toBe(String(download.rawPayload.length))
    const hash = createHash('sha256').update(download.rawPayload).digest('hex')
    expect(page.replaceAll(' ', '')).toContain(hash)
    expect(download.body).toContain('<LAchildID>FELL0001</LAchildID>')
    const list = mainWords((await analyst.get('/returns')).body)
    expect(list).toContain('Children in need census 2024-25')
    expect(list).toContain(hash.slice(0, 12))
  })

  test('is on the trail: asked for, purpose and population before the first row, and each download', async () => {
    const id = address.split('/').pop()!
    const lines = await trail(sql`payload ->> 'made' = ${id} or payload ->> 'action' in ('run', 'run ended')`)
    const run = lines.find(({ purpose }) => purpose === 'children in need census 2024-25')!
    expect(run).toMatchObject({
      action: 'run',
      actor: session.account.id,
      population: 'children in need between 2024-04-01 and 2025-03-31',
    })
    expect(lines.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['return asked for', 'run ended', 'download']),
    )
    expect(lines.find(({ action }) => action === 'download')).toMatchObject({
      resultCount: 8,
      rule: 'return-file',
    })
  })

  test('a second file of the year has the next number', async () => {
    const page = mainWords((await analyst.get(await made({ year: '2024-25' }))).body)
    expect(page).toContain('999_CIN_2025_002.xml')
  })

  test('a return nobody goes into is not offered, and says so', async () => {
    const empty = await made({ year: '2024-25', knownAt: '1/1/2020' })
    const page = mainWords((await analyst.get(empty)).body)
    expect(page).toContain('There is no file. No child goes into the return for 2024-25.')
    expect((await analyst.get(`${empty}/file`)).statusCode).toBe(409)
    expect(await pieces(empty)).toBe(0)
  })

  test('as reported, what does not fit is shown beside the child, and the file is there', async () => {
    const odd = await made({ year: '2023-24', kind: 'as-reported' })
    const page = mainWords((await analyst.get(odd)).body)
    expect(page).toContain('Not for sending')
    expect(page).toContain('FELL0001 ChildIdentifiers/Sex GenderCurrent is missing, or Sex is out of place')
    expect((await analyst.get(`${odd}/file`)).statusCode).toBe(200)
  })

  test('what cannot be is refused at the field', async () => {
    const answer = await analyst.post(
      '/returns',
      { year: '1999-00', kind: 'return', knownAt: '1/1/2099' },
      { page: '/returns/new' },
    )
    expect(answer.statusCode).toBe(422)
    expect(mainWords(answer.body)).toContain('Choose the year')
    expect(mainWords(answer.body)).toContain('What will be known on a day to come cannot be told')
  })

  test('a job that is called again for a return that was made leaves it as it is', async () => {
    const before = await analyst.get(address)
    await task('return').run(address.split('/').pop(), tools())
    expect(mainWords((await analyst.get(address)).body)).toBe(mainWords(before.body))
  })
})

const pieces = async (address: string) => {
  const { rows } = await sql<{ count: number }>`
    select count(*) from returns.piece where made_id = ${address.split('/').pop()}`.execute(db.owner)
  return rows[0]!.count
}

describe('who may', () => {
  test('managers see that returns were made, not what is in them', async () => {
    const address = await made({ year: '2023-24', kind: 'as-reported' })
    const page = await manager.get(address)
    expect(page.statusCode).toBe(200)
    expect(mainWords(page.body)).not.toContain('FELL')
    expect(mainWords(page.body)).toContain('The analyst sees which')
    expect((await manager.get(`${address}/file`)).statusCode).toBe(403)
    expect((await manager.get('/returns/new')).statusCode).toBe(403)
  })

  test('a download asks again who sits there when the proof is old', async () => {
    const address = await made({ year: '2024-25' })
    await sql`update access.session set reauthenticated_at = now() - interval '1 hour' where id = ${session.id}`.execute(
      db.owner,
    )
    const answer = await analyst.get(`${address}/file`)
    expect(answer.statusCode).toBe(303)
    expect(answer.headers.location).toBe(`${address}/download`)
    const asked = await analyst.get(`${address}/download`)
    expect(mainWords(asked.body)).toContain('Your password')
    await expect(
      sql`select returns.open_file(${session.secret}, ${address.split('/').pop()}, 'download')`.execute(
        db.app,
      ),
    ).rejects.toMatchObject({ code: 'CA004' })
    await sql`update access.session set reauthenticated_at = now() where id = ${session.id}`.execute(db.owner)
  })

  test('the database shows no piece of a file that was not opened before', async () => {
    const address = await made({ year: '2024-25' })
    const id = address.split('/').pop()!
    const seen = (secret: string) =>
      db.app.transaction().execute(async (trx) => {
        await sql`select set_config('cairn.session', ${secret}, true)`.execute(trx)
        return (await packedPieces(trx, id)).length
      })
    const other = await signedIn(db, { roles: ['A-PERF'] })
    expect(await seen(other.secret)).toBe(0)
    // Nor in the transaction of the opening itself.
    const within = await db.app.transaction().execute(async (trx) => {
      await sql`select set_config('cairn.session', ${other.secret}, true)`.execute(trx)
      await sql`select returns.open_file(${other.secret}, ${id}, 'view')`.execute(trx)
      return (await packedPieces(trx, id)).length
    })
    expect(within).toBe(0)
    expect(await seen(other.secret)).toBeGreaterThan(0)
    const worker = await signedIn(db, { roles: ['A-SW'] })
    await expect(
      sql`select returns.open_file(${worker.secret}, ${id}, 'view')`.execute(db.app),
    ).rejects.toMatchObject({ code: 'CA006' })
  })
})

test('files are cleared away after their days; what was made, and its hash, stays', async () => {
  const address = await made({ year: '2024-25' })
  await sql`update returns.made set finished_at = now() - interval '31 days' where id = ${address.split('/').pop()}`.execute(
    db.owner,
  )
  await task('return-clearing').run(undefined, tools())
  expect(await pieces(address)).toBe(0)
  expect(mainWords((await analyst.get(address)).body)).toContain('Cleared away')
  const answer = await analyst.get(`${address}/file`)
  expect(answer.statusCode).toBe(409)
})
