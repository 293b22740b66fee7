import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { migrateQueue } from '../../database/queue.ts'
import { runImport } from '../../importing/running.ts'
import { addRun } from '../../importing/store.ts'
import { type TestDatabase, testDatabase } from '../../testing/database.ts'
import { aTeam, signedIn } from '../../testing/signed-in.ts'
import { aHouse, mainWords, Visitor } from '../../testing/visitor.ts'
import type { Session } from '../../web/session.ts'
import { checking } from './area.ts'
import { loadEngine } from './load.ts'
import { mostKept } from './run-check.ts'
import { tasks } from './tasks.ts'

const samples = resolve(import.meta.dirname, '../../../samples')
const census = join(samples, 'cin-census/fellshire-2024-25.xml')
const ssda903 = join(samples, 'ssda903/fellshire-2024-25')

let db: TestDatabase
let house: FastifyInstance
let session: Session
let other: Session
let analyst: Visitor
let folder: string
let team: string
const before = process.env.CAIRN_DATA

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cairn-checks-'))
  process.env.CAIRN_DATA = folder
  db = await testDatabase()
  await migrateQueue(db.urls.jobs)
  const run = await addRun(db.jobs, { source: 'cin-census', period: '', files: [census] })
  await runImport(db.jobs, run, [census])
  house = await aHouse(db, { areas: [checking], now: () => new Date('2026-11-25T10:00:00Z') })
  session = await signedIn(db, { name: 'Pat Lowe', roles: ['A-PERF'] })
  other = await signedIn(db, { name: 'Sam Hay', roles: ['A-PERF'] })
  analyst = new Visitor(house, session)
  team = await aTeam(db)
  await sql`
    insert into record.involvement (person_id, kind, team_id, from_day)
    select person_id, 'team', ${team}::uuid, '2024-01-01' from record.person_identifier where value in ('FELL0001', 'FELL0002')`.execute(
    db.owner,
  )
})
afterAll(async () => {
  await house?.close()
  await db?.close()
  await rm(folder, { recursive: true, force: true })
  if (before === undefined) delete process.env.CAIRN_DATA
  else process.env.CAIRN_DATA = before
})

const log = { info: () => undefined, error: () => undefined }
const job = (name: string, id?: string, signal?: AbortSignal) =>
  tasks.find((task) => task.name === name)!.run(id, { db: db.jobs, read: db.jobs, log, signal })

type Sent = { field: string; name: string; bytes: Buffer | string }

/** Sends the form as a browser does, fields before files. */
async function send(fields: Record<string, string>, files: readonly Sent[], by = analyst) {
  const token = /name="_csrf" value="([^"]+)"/.exec((await by.get('/checks/new')).body)![1]!
  const part = (head: string, body: Buffer | string) => [
    Buffer.from(`--x\r\ncontent-disposition: form-data; ${head}\r\n\r\n`),
    Buffer.from(body),
    Buffer.from('\r\n'),
  ]
  const payload = Buffer.concat([
    ...Object.entries({ _csrf: token, _once: randomUUID(), ...fields }).flatMap(([name, value]) =>
      part(`name="${name}"`, value),
    ),
    ...files.flatMap(({ field, name, bytes }) => part(`name="${field}"; filename="${name}"`, bytes)),
    Buffer.from('--x--\r\n'),
  ])
  return house.inject({
    method: 'POST',
    url: '/checks',
    headers: {
      'content-type': 'multipart/form-data; boundary=x',
      cookie: [...by.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    },
    payload,
  })
}

const theCensus = (): Sent => ({ field: 'files', name: 'census.xml', bytes: readFileSync(census) })
const theReturn = (field = 'files'): Sent[] =>
  readdirSync(ssda903).map((name) => ({ field, name, bytes: readFileSync(join(ssda903, name)) }))

async function asked(of: string, files: readonly Sent[], more: Record<string, string> = {}): Promise<string> {
  const answer = await send({ return: of, year: '', authority: '', ...more }, files)
  expect(answer.statusCode).toBe(303)
  return String(answer.headers.location)
}

async function checked(...args: Parameters<typeof asked>): Promise<string> {
  const address = await asked(...args)
  await job('return-check', address.split('/').pop())
  return address
}

const words = async (address: string) => mainWords((await analyst.get(address)).body)
const uploads = () => readdirSync(join(folder, 'private/checks'))

describe('a census uploaded on the page', () => {
  let address: string
  beforeAll(async () => {
    address = await checked('cin-census', [theCensus()])
  })

  test('finds what the command finds, rule by rule, and leaves no file', async () => {
    const { engine, script } = await loadEngine()
    const { findings, children } = await engine.checkCinCensus({ given: [census], lists: {} }, script)
    expect(findings.size).toBeGreaterThan(10)
    const page = await words(address)
    expect(page).toContain(`${findings.size} findings`)
    expect(page).toContain(`in ${children} children, by the rules of 2024-25`)
    for (const [code, count] of findings.byRule())
      if (count > 0) expect(page).toMatch(new RegExp(`\\b${code} (Error|Query) .*? ${count}\\b`))
    expect(uploads()).toEqual([])
    const { rows } = await sql<{ child: string; rule: string; places: unknown }>`
      select c.child, f.rule, f.places from returns.check_finding f join returns.check_child c on c.run_id = f.run_id and c.place = f.child_place
       where f.run_id = ${address.split('/').pop()} order by f.place`.execute(db.owner)
    expect(rows).toEqual([...findings].map(({ child, rule, places }) => ({ child, rule, places })))
  })

  test('a child’s rows have the faulty cells marked and the words beside them', async () => {
    const list = (await analyst.get(`${address}?view=findings&rule=8545Q`)).body
    const child = /href="(\/checks\/[^"]+\/children\/\d+)"/.exec(list)![1]!
    const { body } = await analyst.get(child)
    expect(body).toMatch(/<mark>\d\d\/\d\d\/\d{4}<\/mark>/)
    expect(mainWords(body)).toContain('The date of death is before or after the collection year')
    expect(mainWords(body)).toContain('LAchildID')
  })

  test('findings are narrowed by rule, kind, table and team, and ticked off', async () => {
    const shown = async (query: string) => {
      const { body } = await analyst.get(`${address}?view=findings&${query}`)
      return [...body.matchAll(/name="shown" value="(\d+)"/g)].map(([, place]) => place!)
    }
    const [all, queries, team1, none] = await Promise.all(
      ['', 'kind=query', `team=${team}`, 'team=none'].map(shown),
    )
    expect(queries!.length).toBeGreaterThan(0)
    expect(queries!.length).toBeLessThan(all!.length)
    expect(team1!.length + none!.length).toBe(all!.length)
    expect(team1!.length).toBeGreaterThan(0)
    expect((await shown('table=Assessments')).length).toBeLessThan(all!.length)
    const answer = await analyst.post(
      `${address}/tick`,
      { shown: all![0]!, ticked: all![0]!, back: `${address}?view=findings` },
      { page: `${address}?view=findings` },
    )
    expect(answer.headers.location).toBe(`${address}?view=findings`)
    expect(await shown('ticked=yes')).toEqual([all![0]])
    await analyst.post(`${address}/tick`, { shown: all![0]! }, { page: `${address}?view=findings` })
    expect(await shown('ticked=yes')).toEqual([])
  })

  test('each team has its list; whom the record does not know stands apart', async () => {
    const teams = await words(`${address}/teams`)
    expect(teams).toContain('Team ')
    expect(teams).toContain('Not in the record')
    const theirs = await words(`${address}/teams?team=${team}`)
    expect(theirs).toContain('FELL0001')
    expect(theirs).not.toContain('FELL0003')
    expect((await analyst.get(`${address}/teams?team=${randomUUID()}`)).statusCode).toBe(404)
  })

  test('is taken as CSV and as a workbook, with fresh proof and a line on the trail', async () => {
    const id = address.split('/').pop()!
    const csv = await analyst.get(`${address}/file?form=csv`)
    expect(csv.headers['content-disposition']).toMatch(/findings-children-in-need-census-2024-25\.csv/)
    expect(csv.body).toContain('Rule,Kind,Child,What is wrong,Table,Row,Fields,Team,Ticked off')
    expect(csv.body).toMatch(/8545Q,query,FELL\d+,/)
    const xlsx = await analyst.get(`${address}/file?form=xlsx`)
    expect(xlsx.rawPayload.subarray(0, 2).toString()).toBe('PK')
    const { rows } = await sql<{ form: string }>`
      select payload ->> 'form' as form from audit.trail where payload ->> 'check' = ${id} and payload ->> 'action' = 'download' order by id`.execute(
      db.owner,
    )
    expect(rows.map(({ form }) => form)).toEqual(['csv', 'xlsx'])
    await sql`update access.session set reauthenticated_at = now() - interval '1 hour' where id = ${session.id}`.execute(
      db.owner,
    )
    const stale = await analyst.get(`${address}/file?form=csv`)
    expect(stale.headers.location).toBe(`${address}/download?form=csv`)
    expect(await words(`${address}/download?form=csv`)).toContain('Your password')
    await expect(
      sql`select returns.note_check_download(${session.secret}, ${id}, 'csv')`.execute(db.app),
    ).rejects.toMatchObject({ code: 'CA004' })
    await sql`update access.session set reauthenticated_at = now() where id = ${session.id}`.execute(db.owner)
  })

  test('is nobody else’s, neither on its pages nor in the database', async () => {
    const id = address.split('/').pop()!
    const colleague = new Visitor(house, other)
    for (const page of ['', '?view=findings', '/children/1', '/teams', '/file?form=csv', '/progress'])
      expect((await colleague.get(address + page)).statusCode).toBe(404)
    expect((await colleague.get('/checks')).body).not.toContain(id)
    const seen = (secret: string) =>
      db.app.transaction().execute(async (trx) => {
        await sql`select set_config('cairn.session', ${secret}, true)`.execute(trx)
        const { rows } = await sql<{ runs: number; children: number; findings: number }>`
          select (select count(*)::integer from returns.check_run) as runs, (select count(*)::integer from returns.check_child) as children,
                 (select count(*)::integer from returns.check_finding) as findings`.execute(trx)
        return rows[0]!
      })
    expect(await seen(other.secret)).toEqual({ runs: 0, children: 0, findings: 0 })
    expect((await seen(session.secret)).findings).toBeGreaterThan(0)
    await expect(
      sql`select returns.note_check_download(${other.secret}, ${id}, 'csv')`.execute(db.app),
    ).rejects.toMatchObject({ code: 'CA006' })
    await colleague.post(`${address}/dismiss`, {}, { page: '/checks/new' })
    expect((await analyst.get(address)).statusCode).toBe(200)
    const worker = new Visitor(house, await signedIn(db, { roles: ['A-SW'] }))
    expect((await worker.get('/checks')).statusCode).toBe(403)
    // Outside a run not even background work reads what was found.
    const { rows } = await sql`select from returns.check_finding`.execute(db.jobs)
    expect(rows).toHaveLength(0)
  })
})

describe('a looked-after return', () => {
  test('is recognised by its columns, with last year’s beside it', async () => {
    const files = [
      ...theReturn().map((one, i) => ({ ...one, name: `${i}.csv` })),
      ...theReturn('previous').map((one, i) => ({ ...one, name: `${i}.csv` })),
    ]
    const address = await checked('ssda903', files, { year: '2024-25' })
    const { engine, script } = await loadEngine()
    const alone = await engine.checkSsda903(
      { given: [ssda903], previous: [ssda903], year: '2024-25', lists: {} },
      script,
    )
    const page = await words(address)
    expect(page).toContain(`${alone.findings.size} findings`)
    expect(await words(`${address}?view=not-run`)).not.toContain('of the previous year is not there')
    expect(await words(`${address}?view=children`)).toMatch(/\d+ children/)
  })

  test('a return without a fault is good news', async () => {
    const header = 'CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n'
    const address = await checked('ssda903', [{ field: 'files', name: 'a.csv', bytes: header }])
    expect(await words(address)).toContain('Nothing found')
  })
})

describe('what cannot be used', () => {
  test('is told in one line, and the files go', async () => {
    const address = await checked('cin-census', [
      { field: 'files', name: '../../etc/passwd.xml', bytes: 'PK\u0003\u0004' },
    ])
    const page = await words(address)
    expect(page).toContain('These files cannot be used. passwd.xml: is a zip archive or a spreadsheet')
    expect(page).not.toContain(folder)
    expect(uploads()).toEqual([])
  })

  test('dirt is survived and told', async () => {
    const dirty = readFileSync(census, 'utf8').replace('<Children>', '<Children> stray <Odd/>')
    const address = await checked('cin-census', [{ field: 'files', name: 'c.xml', bytes: dirty }])
    expect(await words(`${address}?view=not-run`)).toContain('stray text between elements is passed over')
  })

  test('a form that is not right is told at its fields, and leaves no file', async () => {
    const nothing = await send({ return: 'ssda903' }, [])
    expect(nothing.statusCode).toBe(422)
    expect(mainWords(nothing.body)).toContain('Choose the files of the return')
    const wrong = await send({ return: '', year: '1', authority: 'E1' }, [theCensus()])
    expect(wrong.statusCode).toBe(422)
    const told = mainWords(wrong.body)
    expect(told).toContain('Choose what kind of return it is')
    expect(told).toContain('Choose a year of the list')
    expect(told).toContain('a letter and eight figures')
    const two = await send({ return: 'cin-census' }, [theCensus(), theCensus()])
    expect(mainWords(two.body)).toContain('A census is one file')
    expect(uploads()).toEqual([])
  })
})

describe('a check that does not come to its end', () => {
  test('killed half-way it begins again, and stands there once', async () => {
    const address = await asked('cin-census', [theCensus()])
    const id = address.split('/').pop()!
    await expect(job('return-check', id, AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped')
    expect(uploads()).toEqual([id])
    expect(await words(address)).toContain('You can leave this page')
    await job('return-check', id)
    const page = await words(address)
    await job('return-check', id)
    expect(await words(address)).toBe(page)
    expect(uploads()).toEqual([])
  })

  test('without its files it says so', async () => {
    const address = await asked('cin-census', [theCensus()])
    const id = address.split('/').pop()!
    await rm(join(folder, 'private/checks', id), { recursive: true })
    await job('return-check', id)
    expect(await words(address)).toContain('Upload them again')
  })

  test('dismissed while it waits, its files go with the next hour at the latest', async () => {
    const address = await asked('cin-census', [theCensus()])
    await analyst.post(`${address}/dismiss`, {}, { page: '/checks/new' })
    expect((await analyst.get(address)).statusCode).toBe(404)
    expect(uploads()).toHaveLength(1)
    await job('return-check-clearing')
    expect(uploads()).toEqual([])
    await job('return-check', address.split('/').pop())
  })
})

test('what was found goes after a day', async () => {
  const address = await checked('cin-census', [theCensus()])
  const id = address.split('/').pop()!
  await job('return-check-clearing')
  expect((await analyst.get(address)).statusCode).toBe(200)
  await sql`update returns.check_run set finished_at = now() - interval '25 hours' where id = ${id}`.execute(
    db.owner,
  )
  await job('return-check-clearing')
  expect((await analyst.get(address)).statusCode).toBe(404)
  const { rows } = await sql`select from returns.check_finding where run_id = ${id}`.execute(db.owner)
  expect(rows).toHaveLength(0)
})

test('more findings than are kept are counted and said', async () => {
  expect(mostKept).toBeGreaterThanOrEqual(100_000)
  const address = await checked('cin-census', [theCensus()])
  await sql`update returns.check_run set findings = kept + 1 where id = ${address.split('/').pop()}`.execute(
    db.owner,
  )
  expect(await words(address)).toContain('can be looked at here; cairn check writes them all')
})
