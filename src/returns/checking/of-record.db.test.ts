import { readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mustOpenRecord, openRecord } from '../../access/opening.ts'
import { reading, writing } from '../../access/reading.ts'
import { inRun, openRun } from '../../access/runs.ts'
import { casework } from '../../casework/area.ts'
import { childInNeed } from '../../child-in-need/area.ts'
import { childProtection } from '../../child-protection/area.ts'
import { migrateQueue } from '../../database/queue.ts'
import { runImport } from '../../importing/running.ts'
import { addRun } from '../../importing/store.ts'
import { lookedAfter } from '../../looked-after/area.ts'
import { people } from '../../people/area.ts'
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
import { checkAll, checkOne } from './record-counts.ts'

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
  house = await aHouse(db, {
    areas: [people, casework, childInNeed, childProtection, lookedAfter, checking],
    now: () => new Date('2025-03-01T10:00:00Z'),
  })
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
    const all = await checkRecord({ db: db.jobs }, { return: 'cin-census', year, lists: {} }, engine)
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
    const all = await checkRecord({ db: db.jobs }, { return: 'ssda903', year, lists: {} }, engine)
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
    expect(await checkAll({ db: db.jobs }, new Date('2025-03-01T02:10:00Z'))).toBeGreaterThan(5)
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

describe('beside the facts', () => {
  const night = new Date('2025-03-01T02:10:00Z')
  const enquiryAlone = 'There is a section 47 enquiry in this episode, but no assessment'

  test('a finding stands under its fact, is counted at the side and on the list of one’s work', async () => {
    await checkAll({ db: db.jobs }, night)
    const person = await personOf('FELL0008')
    const mine = new Visitor(house, worker)
    const { body } = await mine.get(`/children/${person}/protection`)
    expect(mainWords(body)).toContain('DfE will ask about')
    const below = [...body.matchAll(/<tr class="row--below"[^>]*>([\s\S]*?)<\/tr>/g)].map(([, html]) => html)
    expect(below.join(' ')).toContain(enquiryAlone)
    expect(below.join(' ')).toMatch(/DfE (error|query) \w+/)
    const side = /<ul class="side__list">([\s\S]*?)<\/ul>/.exec(body)![1]!
    expect(side).toMatch(/Protection<\/span><span class="side__count">\d/)
    expect(side).toMatch(/Checks<\/span><span class="side__count">\d/)
    const { rows } = await sql<{ found: number }>`
      select errors + queries as found from returns.record_count where person_id = ${person}::uuid`.execute(
      db.owner,
    )
    const work = await mine.get('/my-work?of=me')
    expect(work.body).toContain(`href="/children/${person}/checks">${rows[0]!.found}<`)
  })

  test('is shown to those who may mend it, of the record as it stands now', async () => {
    const person = await personOf('FELL0008')
    const mine = new Visitor(house, worker)
    const past = await mine.get(`/children/${person}/protection?known-at=2999-01-01`)
    expect(past.body).not.toContain(enquiryAlone)
    const { rows } = await sql<{ group: string }>`
      select distinct unnest(groups) as group from returns.record_finding where person_id = ${person}::uuid and message like ${`${enquiryAlone}%`}`.execute(
      db.owner,
    )
    expect(rows.map(({ group }) => group)).toEqual(expect.arrayContaining(['F12', 'F13']))
    // Whoever may not write in one of the groups that the rule looks at is told nothing of it.
    const secret = { secret: worker.secret }
    const asked = (groups: string[]) =>
      openRecord(db.app, secret as Session, person, { purpose: 'a test', groups })
    const told = async () =>
      reading(db.app, worker, async (trx) => {
        const { rows } = await sql<{ message: string }>`
          select message from returns.findings_open(array[${person}]::uuid[])`.execute(trx)
        return rows.map(({ message }) => message)
      })
    await asked(['F13'])
    expect((await told()).some((message) => message.startsWith(enquiryAlone))).toBe(true)
    await sql`
      insert into record.restriction (person_id, level, sections, reason, review_on)
      values (${person}::uuid, 1, '{F12}', 'for a test', current_date + 30)`.execute(db.owner)
    const other = await signedIn(db, { roles: ['A-SW'] })
    await sql`
      insert into record.involvement (person_id, kind, account_id, from_day)
      values (${person}::uuid, 'co-working', ${other.account.id}::uuid, '2024-01-01')`.execute(db.owner)
    const { body } = await new Visitor(house, other).get(`/children/${person}/protection`)
    expect(body).toContain('Section 47 enquiries')
    expect(body).not.toContain(enquiryAlone)
    await sql`update record.restriction set to_at = clock_timestamp() where person_id = ${person}::uuid`.execute(
      db.owner,
    )
  })

  test('nothing is told where nothing was opened', async () => {
    const person = await personOf('FELL0008')
    const stranger = await signedIn(db, { roles: ['A-SW'] })
    const { rows } = await reading(db.app, stranger, (trx) =>
      sql`select * from returns.findings_open(array[${person}]::uuid[])`.execute(trx),
    )
    expect(rows).toEqual([])
    await expect(sql`select * from returns.record_finding`.execute(db.app)).rejects.toThrow(
      'permission denied',
    )
  })

  test('a fact that is put right takes its finding with it, and asks for the look itself, once', async () => {
    await migrateQueue(db.urls.jobs)
    const person = await personOf('FELL0008')
    await mustOpenRecord(db.app, worker, person, {
      purpose: 'a test',
      groups: ['F12', 'F11', 'F13'],
      action: 'write',
    })
    await writing(db.app, worker, async (trx) => {
      await sql`
        insert into assessment (person_id, referral_id, assessment_start_date, assessment_auth_date)
        select r.person_id, r.id, r.referral_date, '2024-04-15' from referral r
         where r.person_id = ${person}::uuid and not exists (select from assessment a where a.referral_id = r.id)`.execute(
        trx,
      )
      await sql`
        update referral set referral_source_code = '1A' where person_id = ${person}::uuid`.execute(trx)
    })
    const jobs = await sql<{ key: string }>`select key from jobs._private_jobs where key is not null`.execute(
      db.jobs,
    )
    expect(jobs.rows.map(({ key }) => key)).toEqual([`record-check:${person}`])
    await checkOne(db.jobs, person, night)
    const { rows } = await sql<{ message: string }>`
      select message from returns.record_finding where person_id = ${person}::uuid`.execute(db.owner)
    expect(rows.some(({ message }) => message.startsWith(enquiryAlone))).toBe(false)
    const { body } = await new Visitor(house, worker).get(`/children/${person}/protection`)
    expect(body).not.toContain(enquiryAlone)
  })

  test('what a function with its owner’s rights writes or removes asks for it too; an import of itself does not', async () => {
    const person = await personOf('FELL0001')
    await sql`
      create function record.for_a_test(in_person uuid) returns void language sql security definer set search_path = pg_catalog, pg_temp
      as $f$ delete from record.disability where person_id = in_person $f$`.execute(db.owner)
    await sql`grant execute on function record.for_a_test(uuid) to public`.execute(db.owner)
    const asked = async () => {
      const { rows } =
        await sql`select from jobs._private_jobs where key = ${`record-check:${person}`}`.execute(db.jobs)
      return rows.length
    }
    const run = await openRun(db.jobs, { purpose: 'a test', population: 'one child' })
    await inRun(db.jobs, run, (trx) =>
      sql`update referral set close_date = close_date where person_id = ${person}::uuid`.execute(trx),
    )
    expect(await asked()).toBe(0)
    await sql`select record.for_a_test(${person}::uuid)`.execute(db.app)
    expect(await asked()).toBe(1)
  })

  test('an import asks for a look at the whole record', async () => {
    await sql`update importing.run set state = 'entering' where id = (select id from importing.run limit 1)`.execute(
      db.owner,
    )
    await sql`update importing.run set state = 'finished' where state = 'entering'`.execute(db.jobs)
    const jobs = await sql<{ key: string }>`
      select key from jobs._private_jobs where key like 'record-checks:%'`.execute(db.jobs)
    expect(jobs.rows).toHaveLength(1)
  })
})
