import { readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inRun, openRun } from '../../access/runs.ts'
import { runImport } from '../../importing/running.ts'
import { addRun } from '../../importing/store.ts'
import { type TestDatabase, testDatabase } from '../../testing/database.ts'
import { signedIn } from '../../testing/signed-in.ts'
import { aHouse, mainWords, Visitor } from '../../testing/visitor.ts'
import type { Session } from '../../web/session.ts'
import { collectionNamed } from '../cin-census/collection.ts'
import { readChild } from '../cin-census/read.ts'
import { CensusYear, select } from '../cin-census/select.ts'
import { readReturnChild } from '../ssda903/read.ts'
import { checking } from './area.ts'
import { checkRecord } from './check-record.ts'
import type { Finding } from './found.ts'
import { loadEngine } from './load.ts'
import {
  type CheckedChild,
  checkCensusChild,
  checkReturnChild,
  checkRows,
  checkSelected,
} from './of-record.ts'
import { countRecord } from './record-counts.ts'

const samples = resolve(import.meta.dirname, '../../../samples')
const census = join(samples, 'cin-census/fellshire-2024-25.xml')
const ssda903 = join(samples, 'ssda903/fellshire-2024-25')
const files903 = readdirSync(ssda903).map((name) => join(ssda903, name))
const year = '2024-25'

let db: TestDatabase
let house: FastifyInstance
let folder: string
let worker: Session
const before = process.env.CAIRN_DATA

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cairn-checks-'))
  process.env.CAIRN_DATA = folder
  db = await testDatabase()
  const one = await addRun(db.jobs, { source: 'cin-census', period: '', files: [census] })
  await runImport(db.jobs, one, [census])
  const other = await addRun(db.jobs, { source: 'ssda903', period: '2025', files: files903 })
  await runImport(db.jobs, other, files903)
  house = await aHouse(db, { areas: [checking], now: () => new Date('2025-03-01T10:00:00Z') })
  worker = await signedIn(db, { name: 'Ade Worker', roles: ['A-SW'] })
})
afterAll(async () => {
  await house?.close()
  await db?.close()
  await rm(folder, { recursive: true, force: true })
  if (before === undefined) delete process.env.CAIRN_DATA
  else process.env.CAIRN_DATA = before
})

const everybody = async () => {
  const { rows } = await sql<{ child: string; subject: string; person: string }>`
    select pers_person_id as child, subject_id as subject, person_id as person from ssd.human_key order by 1`.execute(
    db.owner,
  )
  return rows
}

const personOf = async (child: string) => (await everybody()).find((one) => one.child === child)!.person

/** What is found, whatever rows are numbered: in a file through all children, on the record within one. */
const told = (findings: Iterable<Finding>) =>
  [...findings]
    .map(({ rule, child, places }) =>
      [rule, child, ...places.map(({ table, fields }) => `${table} ${fields.join(' ')}`).sort()].join(' '),
    )
    .sort()

async function eachChild(
  check: (trx: never, one: { child: string; subject: string }) => Promise<CheckedChild | undefined>,
) {
  const run = await openRun(db.jobs, { purpose: 'test of checks', population: 'everyone' })
  const people = await everybody()
  return inRun(db.jobs, run, async (trx) => {
    const checked: CheckedChild[] = []
    for (const one of people) checked.push(...[(await check(trx as never, one)) ?? []].flat())
    return checked
  })
}

/** Without the rules that look across children: a child alone does not know of them. */
const ofOneChild = (findings: Iterable<Finding>, alone: readonly CheckedChild[]) => {
  const across = new Set(
    alone[0]!.notRun.filter(({ why }) => why.startsWith('it looks across')).map(({ rule }) => rule),
  )
  return [...findings].filter(({ rule, child }) => !across.has(rule) && child !== null)
}

describe('each child alone is told what the return as a whole is told', () => {
  test('children in need census', async () => {
    const engine = await loadEngine()
    const all = await checkRecord(db.jobs, { return: 'cin-census', year, lists: {} }, engine)
    expect(all.children).toBe(8)
    const alone = await eachChild((trx, { child }) => checkCensusChild(trx, collectionNamed(year)!, child))
    expect(alone).toHaveLength(8)
    const found = alone.flatMap(({ findings }) => findings)
    expect(found.length).toBeGreaterThan(5)
    expect(told(found)).toEqual(told(ofOneChild(all.findings, alone)))
    expect(readdirSync(join(folder, 'private/checks'))).toEqual([])
  })

  test('looked-after return', async () => {
    const engine = await loadEngine()
    const all = await checkRecord(db.jobs, { return: 'ssda903', year, lists: {} }, engine)
    const file = await engine.engine.checkSsda903({ given: [ssda903], year, lists: {} }, null)
    expect(all.children).toBe(file.children)
    const alone = await eachChild((trx, { subject }) => checkReturnChild(trx, year, subject))
    const found = alone.flatMap(({ findings }) => findings)
    expect(found.length).toBeGreaterThan(0)
    expect(told(found)).toEqual(told(ofOneChild(all.findings, alone)))
    // What the record makes of the file has no fault that the file had not, the last year apart.
    const known = new Set(told(file.findings))
    const compares = new Set(file.notRun.map(({ rule }) => rule))
    expect(
      told([...all.findings].filter(({ rule }) => !compares.has(rule))).filter((one) => !known.has(one)),
    ).toEqual([])
  })

  test('in less than ten milliseconds, when the rules are loaded', async () => {
    const took: number[] = []
    const timed = async <T>(work: () => Promise<T>) => {
      const started = performance.now()
      await work()
      took.push(performance.now() - started)
    }
    await eachChild(async (trx, { child, subject }) => {
      const collection = collectionNamed(year)!
      const recorded = await readChild(trx, collection, child)
      const census = recorded && select(recorded, new CensusYear(collection, () => true))
      if (census) await timed(() => checkSelected(census, collection))
      const care = await readReturnChild(trx, year, subject)
      if (care) await timed(() => checkRows(care, undefined, year))
      return undefined
    })
    expect(took.length).toBeGreaterThan(10)
    // The middle one: a busy machine holds up any single one.
    expect(took.sort((one, other) => one - other)[Math.floor(took.length / 2)]).toBeLessThan(10)
  })

  test('is on the trail with purpose and population', async () => {
    const { rows } = await sql<{ payload: unknown }>`
      select payload from audit.trail where payload ->> 'purpose' = ${`check of the record by the rules of ssda903 ${year}`}`.execute(
      db.owner,
    )
    expect(rows[0]!.payload).toMatchObject({ population: `every child that goes into the return of ${year}` })
  })
})

describe('the part of a record', () => {
  test('shows findings under the fact that causes them, to the worker', async () => {
    const person = await personOf('FELL0008')
    await sql`
      insert into record.involvement (person_id, kind, account_id, from_day) values (${person}::uuid, 'allocated', ${worker.account.id}::uuid, '2024-01-01')`.execute(
      db.owner,
    )
    const { body, statusCode } = await new Visitor(house, worker).get(`/children/${person}/checks`)
    expect(statusCode).toBe(200)
    const page = mainWords(body)
    expect(page).toContain('2024-25')
    expect(page).toContain('Section 47 enquiry, 15 Mar 2024')
    expect(page).toContain('There is a section 47 enquiry in this episode, but no assessment')
    expect(body).toContain(`href="/children/${person}/protection"`)
    const { rows } = await sql<{ payload: { section: string[] } }>`
      select payload from audit.trail where payload ->> 'purpose' = 'checking what the returns would say' order by id desc limit 1`.execute(
      db.owner,
    )
    expect(rows[0]!.payload.section).toEqual(expect.arrayContaining(['F11', 'F12', 'F13']))
  })

  test('is counted every night, and listed for whoever works with the child', async () => {
    const mine = new Visitor(house, worker)
    expect(mainWords((await mine.get('/my-checks')).body)).toContain('It has not been checked yet')
    expect(await countRecord(db.jobs, new Date('2025-03-01T02:10:00Z'))).toBeGreaterThan(5)
    const person = await personOf('FELL0008')
    const { body } = await mine.get('/my-checks')
    expect([...body.matchAll(/href="\/children\/([^"]+)\/checks"/g)].map(([, one]) => one)).toEqual([person])
    const { rows } = await sql<{ errors: number; queries: number }>`
      select errors, queries from returns.record_count where person_id = ${person}::uuid`.execute(db.owner)
    const { body: record } = await mine.get(`/children/${person}/checks`)
    expect(mainWords(record)).toContain(`${rows[0]!.errors + rows[0]!.queries} findings`)
    const stranger = new Visitor(house, await signedIn(db, { roles: ['A-SW'] }))
    expect(mainWords((await stranger.get('/my-checks?of=team')).body)).toContain('Nothing found')
    const analyst = new Visitor(house, await signedIn(db, { roles: ['A-PERF'] }))
    expect((await analyst.get('/my-checks')).statusCode).toBe(403)
    // Outside a run background work reads no count; a session that opened no list does not either.
    expect((await sql`select from returns.record_count`.execute(db.jobs)).rows).toHaveLength(0)
    expect((await sql`select from returns.record_count`.execute(db.app)).rows).toHaveLength(0)
  })

  test('not to who has no need, nor to who cannot mend', async () => {
    const person = await personOf('FELL0001')
    const stranger = new Visitor(house, await signedIn(db, { roles: ['A-SW'] }))
    expect((await stranger.get(`/children/${person}/checks`)).statusCode).toBe(403)
    const auditor = new Visitor(house, await signedIn(db, { roles: ['A-QA'] }))
    expect((await auditor.get(`/children/${person}/checks`)).statusCode).toBe(403)
    const emergency = new Visitor(house, await signedIn(db, { roles: ['A-EDT'] }))
    const summary = await emergency.get(`/children/${person}/checks`)
    expect(mainWords(summary.body)).not.toContain('finding')
  })
})
