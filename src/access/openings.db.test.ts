import type { KyselyPlugin } from 'kysely'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Connection } from '../database/connection.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { anAccount, signedIn } from '../testing/signed-in.ts'
import { aPerson, aPlan, involve } from '../testing/ties.ts'
import type { Session } from '../web/session.ts'
import { mustOpenRecord, noteShown, openList, openNewPerson, openRecord, openRecords } from './opening.ts'
import { reading, writing } from './reading.ts'
import { endRun, inRun, openRun } from './runs.ts'

let db: TestDatabase
let worker: Session
let child: string
beforeAll(async () => {
  db = await testDatabase()
  worker = await signedIn(db, { roles: ['A-SW'] })
  child = await aPerson(db)
  await involve(db, child, { account: worker.account.id })
  await aPlan(db, child)
})
afterAll(() => db?.close())

const purpose = 'case management'
const plansOf = (session: Session, person: string, knownAt?: Date) =>
  reading(
    db.app,
    session,
    async (trx) =>
      (
        await sql<{
          cp_plan_end_date: string | null
        }>`select cp_plan_end_date from child_protection_plan where person_id = ${person}`.execute(trx)
      ).rows,
    { knownAt },
  )

const trailOf = async (session: Session) =>
  (
    await sql<{ payload: Record<string, unknown> }>`
      select payload from audit.trail where actor = ${session.account.id} and payload ->> 'action' <> 'sign-in' order by id`.execute(
      db.owner,
    )
  ).rows.map(({ payload }) => payload)

describe('opening', () => {
  test('a worker opens an allocated child, and what was opened is on the trail before it is read', async () => {
    const opened = await openRecord(db.app, worker, child, {
      purpose,
      groups: ['F01', 'F09'],
      client: '192.0.2.7',
      correlation: 'r-1',
    })
    expect(opened).toMatchObject({ allowed: true, rule: 'allocated', level: 'full', groups: ['F01', 'F09'] })
    expect((await trailOf(worker)).at(-1)).toMatchObject({
      actor: worker.account.id,
      roles: ['A-SW'],
      subject: child,
      section: ['F01', 'F09'],
      action: 'view',
      purpose,
      rule: 'allocated',
      outcome: 'allowed',
      session: worker.id,
      client: '192.0.2.7',
      correlation: 'r-1',
    })
    expect(await plansOf(worker, child)).toHaveLength(1)
  })

  test('what was not opened is not there', async () => {
    const session = await signedIn(db, { roles: ['A-SW'] })
    const other = await aPerson(db)
    await involve(db, other, { account: session.account.id })
    await aPlan(db, other)
    await openRecord(db.app, session, other, { purpose, groups: ['F01'] })
    expect(await plansOf(session, other)).toEqual([])
    await openRecord(db.app, session, other, { purpose, groups: ['F09'] })
    expect(await plansOf(session, other)).toHaveLength(1)
    expect(await plansOf(session, child)).toEqual([])
  })

  test('a level asks for its groups and no more', async () => {
    const opened = await openRecord(db.app, worker, child, { purpose, level: 'index' })
    expect(opened).toMatchObject({ level: 'index', groups: ['F01', 'F09', 'F10', 'F26'] })
  })

  test('a refusal is said in words, kept on the trail, and opens nothing', async () => {
    const stranger = await signedIn(db, { roles: ['A-SW'] })
    expect(await openRecord(db.app, stranger, child, { purpose })).toEqual({
      allowed: false,
      why: 'no-need',
      mayAskEmergency: true,
    })
    await expect(mustOpenRecord(db.app, stranger, child, { purpose })).rejects.toMatchObject({
      statusCode: 403,
      message: expect.stringContaining('those who work with the child'),
    })
    expect(await trailOf(stranger)).toMatchObject([
      { subject: child, outcome: 'refused' },
      { subject: child, outcome: 'refused' },
    ])
    expect(await plansOf(stranger, child)).toEqual([])
  })

  test('a family is opened in one statement, each with an answer of its own, in order', async () => {
    const stranger = await aPerson(db)
    const { counting, count } = countingStatements(db.app)
    const answers = await openRecords(counting, worker, [stranger, child], { purpose })
    expect(answers.map(({ allowed }) => allowed)).toEqual([false, true])
    expect(count()).toBe(1)
  })

  test('somebody under two ids opens under both', async () => {
    const twin = await aPerson(db)
    await aPlan(db, twin)
    await sql`insert into record.person_alias (person_id, same_as, reason) values (${twin}, ${child}, 'the same child')`.execute(
      db.owner,
    )
    const opened = await mustOpenRecord(db.app, worker, child, { purpose, groups: ['F09'] })
    expect([...opened.people].sort()).toEqual([child, twin].sort())
    expect(await plansOf(worker, twin)).toHaveLength(1)
    await sql`update record.person_alias set to_at = now() where person_id = ${twin}`.execute(db.owner)
  })

  test('inside a transaction it is refused at once, since it would open nothing', async () => {
    await expect(
      db.app.transaction().execute((trx) => openRecord(trx, worker, child, { purpose })),
    ).rejects.toThrow('Open before the transaction')
  })

  test('a record is opened for a purpose', async () => {
    await expect(openRecord(db.app, worker, child, { purpose: ' ' })).rejects.toThrow(
      'A record is opened for a purpose',
    )
  })

  test.each([
    ['ended', 'ended_at = now()'],
    ['locked', 'locked_at = now()'],
    ['idle too long', 'idle_until = now()'],
    ['over', 'expires_at = now()'],
  ])('a session that is %s opens and reads nothing', async (_, change) => {
    const session = await signedIn(db, { roles: ['A-SW'] })
    await involve(db, child, { account: session.account.id }, { kind: 'co-working' })
    await mustOpenRecord(db.app, session, child, { purpose, groups: ['F09'] })
    expect(await plansOf(session, child)).toHaveLength(1)
    await sql`update access.session set ${sql.raw(change)} where id = ${session.id}`.execute(db.owner)
    expect(await plansOf(session, child)).toEqual([])
    await expect(openRecord(db.app, session, child, { purpose })).rejects.toMatchObject({ statusCode: 401 })
  })
})

describe('reading', () => {
  test('cannot write', async () => {
    await mustOpenRecord(db.app, worker, child, { purpose, action: 'write' })
    await expect(
      reading(db.app, worker, (trx) =>
        sql`update child_protection_plan set cp_plan_ola = true where person_id = ${child}`.execute(trx),
      ),
    ).rejects.toMatchObject({ code: '25006' })
  })

  test('as known at an earlier moment: the same SQL shows what stood then', async () => {
    const session = await signedIn(db, { roles: ['A-SW'] })
    const person = await aPerson(db)
    await involve(db, person, { account: session.account.id })
    await aPlan(db, person)
    const before = new Date()
    await mustOpenRecord(db.app, session, person, { purpose, action: 'write' })
    await writing(db.app, session, (trx) =>
      sql`update child_protection_plan set cp_plan_end_date = '2026-06-01' where person_id = ${person}`.execute(
        trx,
      ),
    )
    expect(await plansOf(session, person)).toEqual([{ cp_plan_end_date: '2026-06-01' }])
    expect(await plansOf(session, person, before)).toEqual([{ cp_plan_end_date: null }])
    expect(await plansOf(session, person, new Date('2020-01-01'))).toEqual([])
  })

  test('leaves nothing behind on the connection, and prepares nothing', async () => {
    await db.app.connection().execute(async (one) => {
      await reading(one, worker, async () => undefined)
      const { rows } = await sql<Record<string, string>>`
        select coalesce(current_setting('cairn.session', true), '') as session, current_setting('search_path') as path,
               (select count(*) from pg_prepared_statements)::int as prepared`.execute(one)
      expect(rows).toEqual([{ session: '', path: 'record, public', prepared: 0 }])
    })
  })
})

describe('writing', () => {
  const addPlan = (session: Session, person: string, more = sql``, values = sql``) =>
    writing(db.app, session, (trx) =>
      sql`insert into child_protection_plan (person_id, cp_plan_start_date, cp_plan_end_date${more})
          values (${person}, '2024-01-01', '2024-02-01'${values})`.execute(trx),
    )

  test('needs an opening for writing, and is recorded as the session’s', async () => {
    const session = await signedIn(db, { roles: ['A-SW'] })
    const person = await aPerson(db)
    await involve(db, person, { account: session.account.id })
    await mustOpenRecord(db.app, session, person, { purpose })
    await expect(addPlan(session, person)).rejects.toMatchObject({ statusCode: 403 })
    expect(await mustOpenRecord(db.app, session, person, { purpose, action: 'write' })).toMatchObject({
      writable: expect.arrayContaining(['F09']),
    })
    await addPlan(session, person)
    const { rows } = await sql`
      select recorded_by, recorded_at > now() - interval '1 minute' as lately from record.child_protection_plan
       where person_id = ${person}`.execute(db.owner)
    expect(rows).toEqual([{ recorded_by: session.account.id, lately: true }])
  })

  test('nobody writes in another’s name, or into the past', async () => {
    const other = await anAccount(db)
    await mustOpenRecord(db.app, worker, child, { purpose, action: 'write' })
    await expect(addPlan(worker, child, sql`, recorded_by`, sql`, ${other}`)).rejects.toMatchObject({
      statusCode: 403,
    })
    await expect(addPlan(worker, child, sql`, recorded_at`, sql`, '2024-01-01'`)).rejects.toMatchObject({
      statusCode: 403,
    })
    await writing(db.app, worker, (trx) =>
      sql`update child_protection_plan set cp_plan_ola = true, recorded_by = ${other}, recorded_at = '2024-01-01'
           where person_id = ${child}`.execute(trx),
    )
    const { rows } = await sql`
      select recorded_by, recorded_at > now() - interval '1 minute' as lately from record.child_protection_plan
       where person_id = ${child}`.execute(db.owner)
    expect(rows).toEqual([{ recorded_by: worker.account.id, lately: true }])
  })

  test('someone new gets an id from the database, and is written under it only', async () => {
    const opened = await openNewPerson(db.app, worker, { purpose: 'a new referral' })
    if (!opened.allowed) throw new Error('refused')
    await writing(db.app, worker, (trx) =>
      sql`insert into person (id, date_of_birth) values (${opened.person}, '2020-02-02')`.execute(trx),
    )
    await expect(
      writing(db.app, worker, (trx) =>
        sql`insert into person (date_of_birth) values ('2020-02-02')`.execute(trx),
      ),
    ).rejects.toMatchObject({ statusCode: 403 })
  })
})

describe('lists', () => {
  test('what a list has shown is one line with the ids', async () => {
    expect(
      await openList(db.app, worker, 'search', { purpose: 'a telephone call', asked: 'Rowan' }),
    ).toMatchObject({
      allowed: true,
      scope: 'everyone',
    })
    await noteShown(db.app, worker, 'search', [child])
    expect((await trailOf(worker)).slice(-2)).toMatchObject([
      { action: 'list', asked: 'Rowan', outcome: 'allowed' },
      { action: 'search-hit', shown: [child], resultCount: 1 },
    ])
  })

  test('whoever may not search is refused', async () => {
    const finance = await signedIn(db, { roles: ['A-FIN'] })
    expect(await openList(db.app, finance, 'search', { purpose: 'an invoice' })).toMatchObject({
      allowed: false,
    })
  })
})

describe('runs', () => {
  const count = async (trx: Connection) =>
    (await sql<{ n: number }>`select count(*)::int as n from child_protection_plan`.execute(trx)).rows[0]!.n
  const asked = { purpose: 'a test of runs', population: 'every child' }

  test('rows open to a run that is on the trail, and close when it ends', async () => {
    const account = await anAccount(db)
    expect(await db.jobs.transaction().execute(count)).toBe(0)
    const run = await openRun(db.jobs, { ...asked, account })
    expect(await inRun(db.jobs, run, count)).toBeGreaterThan(0)
    await inRun(db.jobs, run, (trx) =>
      sql`insert into child_protection_plan (person_id, cp_plan_start_date, cp_plan_end_date)
          values (${child}, '2023-01-01', '2023-02-01')`.execute(trx),
    )
    const { rows } = await sql`
      select recorded_by from record.child_protection_plan where cp_plan_start_date = '2023-01-01'`.execute(
      db.owner,
    )
    expect(rows).toEqual([{ recorded_by: account }])
    await endRun(db.jobs, run, 1)
    expect(await inRun(db.jobs, run, count)).toBe(0)
    const { rows: lines } = await sql`
      select payload ->> 'action' as action, payload ->> 'population' as population from audit.trail
       where payload ->> 'run' = ${run.id} order by id`.execute(db.owner)
    expect(lines).toEqual([
      { action: 'run', population: 'every child' },
      { action: 'run ended', population: null },
    ])
  })

  test('the pages’ role opens no runs', async () => {
    await expect(openRun(db.app, asked)).rejects.toMatchObject({ code: '42501' })
  })
})

test('opening is one statement; reading adds a beginning, the secret and an end', async () => {
  const { counting, count } = countingStatements(db.app)
  await mustOpenRecord(counting, worker, child, { purpose })
  expect(count()).toBe(1)
  await reading(counting, worker, async (trx) => sql`select from child_protection_plan`.execute(trx))
  expect(count()).toBe(3)
})

test('a policy is worked out once for a statement, and the index on the person serves it', async () => {
  await mustOpenRecord(db.app, worker, child, { purpose })
  const plan = (table: string) =>
    reading(db.app, worker, async (trx) => {
      // The test's tables are too small for an index to be worth it.
      await sql`set local enable_seqscan = off`.execute(trx)
      const { rows } = await sql<
        Record<'QUERY PLAN', string>
      >`explain (verbose) select * from ${sql.ref(table)}`.execute(trx)
      return rows.map((row) => row['QUERY PLAN']).join('\n')
    })
  const one = await plan('child_protection_plan')
  expect(one.match(/InitPlan 1\n/g)).toHaveLength(1)
  expect(one).not.toContain('SubPlan')
  expect(one).toMatch(/Index Cond: \(child_protection_plan.person_id = ANY \(\(InitPlan 1\)/)
  // Where rows differ in field group: a set made once, and looked up in.
  expect(await plan('address')).toMatch(/hashed SubPlan/)
})

/** A connection that counts the statements sent through it; begin and commit are the driver's own. */
function countingStatements(connection: Connection) {
  let statements = 0
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => {
      statements += 1
      return node
    },
    transformResult: async ({ result }) => result,
  }
  return { counting: connection.withPlugin(plugin), count: () => statements }
}
