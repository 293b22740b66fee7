import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { aChild, aChildProtectionPlan, aPeriodOfCare, fact } from '../testing/factories.ts'
import { aTeam, signedIn } from '../testing/signed-in.ts'
import { involve } from '../testing/ties.ts'
import { aHouse, mainWords, Visitor } from '../testing/visitor.ts'
import { areas as every } from '../web/areas.ts'
import { countWaiting } from './count-dues.ts'

/** A house of a test brings access itself. */
const areas = every.filter(({ name }) => name !== 'access')

let db: TestDatabase
let worker: Visitor
let manager: Visitor
let administrator: Visitor
let child: string
const now = () => new Date('2026-04-21T09:00:00Z')

beforeAll(async () => {
  db = await testDatabase()
  const house = await aHouse(db, { areas, now })
  const team = await aTeam(db)
  const sam = await signedIn(db, { name: 'Sam Okoro', roles: ['A-SW'], teams: [team] })
  worker = new Visitor(house, sam)
  manager = new Visitor(house, await signedIn(db, { roles: ['A-TM'], teams: [team] }))
  administrator = new Visitor(house, await signedIn(db, { roles: ['A-ADM'] }))
  child = await aChild(db.owner, { forename: 'Rowan', surname: 'Thwaite' })
  await involve(db, child, { account: sam.account.id, team })
  await fact(db.owner, 'section_47', { person_id: child, s47_start_date: '2026-03-24' })
  await aChildProtectionPlan(db.owner, child, { from: '2025-11-28' })
  const other = await aChild(db.owner, { forename: 'Skye', surname: 'Wren' })
  await involve(db, other, { team })
  await aPeriodOfCare(db.owner, other, [{ from: '2026-04-02' }])
  await count()
})
afterAll(() => db?.close())

const count = () =>
  countWaiting.run(undefined, {
    db: db.jobs,
    read: db.jobs,
    log: { info() {}, error() {} },
    signal: undefined,
  })

describe('the list', () => {
  test('a worker finds what is late and due soon for their children, a manager for the team’s', async () => {
    const mine = mainWords((await worker.get('/due')).body)
    expect(mine).toContain('Rowan Thwaite')
    expect(mine).toContain('Initial child protection conference')
    expect(mine).toContain('Thu 16 Apr 2026')
    expect(mine).toContain('5 days late')
    expect(mine).toContain('Service manager')
    expect(mine).not.toContain('Skye Wren')
    const team = mainWords((await manager.get('/due?which=all')).body)
    expect(team).toContain('Skye Wren')
    expect(team).toContain('First looked-after review')
  })

  test('is filtered, sorted, and on the trail with whom it showed', async () => {
    const late = mainWords(
      (await manager.get('/due?which=late&clock=ICPC-01&sort=name&direction=descending')).body,
    )
    expect(late).toContain('Initial child protection conference')
    expect(late).not.toContain('Skye Wren')
    expect(
      mainWords((await manager.get('/due?which=late&told=assistant-director&days=7&clock=ICPC-01')).body),
    ).toContain('Nothing is late')
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from audit.trail where payload ->> 'purpose' = 'seeing what is due' and payload ->> 'outcome' = 'allowed'`.execute(
      db.owner,
    )
    expect(rows[0]!.n).toBeGreaterThan(3)
  })

  test('an address that asks for what there is not is answered as if it had not', async () => {
    expect((await worker.get('/due?which=x&clock=y&told=z&days=99')).statusCode).toBe(200)
  })
})

describe('the child’s page', () => {
  test('says of each due day how it was counted, whose it is, and where that stands', async () => {
    const words = mainWords((await worker.get(`/children/${child}/due`)).body)
    expect(words).toContain('Started by ‘section 47 started’ on Tue 24 Mar 2026.')
    expect(words).toContain('Weekends are skipped, and bank holidays: Fri 3 Apr 2026, Mon 6 Apr 2026.')
    expect(words).toContain('Due Thu 16 Apr 2026, that day included.')
    expect(words).toContain('Working Together to Safeguard Children 2023')
    expect(words).toContain('That is a weekend, and the day does not move: plan for Fri 27 Feb 2026.')
  })

  test('shows the day that stood before, and what was known then', async () => {
    await sql`update record.section_47 set s47_start_date = '2026-03-25' where person_id = ${child} and s47_start_date = '2026-03-24'`.execute(
      db.owner,
    )
    await count()
    const words = mainWords((await worker.get(`/children/${child}/due`)).body)
    expect(words).toContain('it was due Thu 16 Apr 2026.')
    await sql`update record.section_47 set s47_start_date = '2026-03-24' where person_id = ${child} and s47_start_date = '2026-03-25'`.execute(
      db.owner,
    )
    await count()
  })

  test('is closed to who has nothing to do with the child', async () => {
    const session = await signedIn(db, { roles: ['A-SW'] })
    const answer = await new Visitor(worker.server, session).get(`/children/${child}/due`)
    expect(answer.statusCode).toBe(403)
    expect(mainWords(answer.body)).not.toContain('conference')
  })
})

describe('an administrator', () => {
  test('sees every clock, makes a time shorter, and finds who set it; a longer one is refused in words', async () => {
    const list = mainWords((await administrator.get('/administration/clocks')).body)
    expect(list).toContain('Child and family assessment')
    expect(list).toContain('45 working days')
    const asked = { place: '0', from: '1/4/2026', reason: 'Decided by the leadership team' }
    const longer = await administrator.post('/administration/clocks/ASM-01', { ...asked, n: '46' })
    expect(longer.statusCode).toBe(422)
    expect(mainWords(longer.body)).toContain('allows 45 at most')
    const shorter = await administrator.post('/administration/clocks/ASM-01', { ...asked, n: '35' })
    expect(shorter.statusCode).toBe(303)
    const page = mainWords((await administrator.get(shorter.headers.location!)).body)
    expect(page).toContain('35 working days')
    expect(page).toContain('Decided by the leadership team')
    const again = await administrator.post('/administration/clocks/ASM-01', { ...asked, n: '30' })
    expect(mainWords(again.body)).toContain('There is a time from that day already')
    const next = await administrator.post('/administration/clocks/ASM-01', {
      ...asked,
      n: '30',
      from: '1/5/2026',
    })
    expect(next.statusCode).toBe(303)
    const { rows } = await sql`select n, from_day, to_day from clocks.tightening order by from_day`.execute(
      db.owner,
    )
    expect(rows).toEqual([
      { n: 35, from_day: '2026-04-01', to_day: '2026-05-01' },
      { n: 30, from_day: '2026-05-01', to_day: null },
    ])
    expect((await administrator.get('/administration/clocks/XXX-99')).statusCode).toBe(404)
  })

  test('ends a time', async () => {
    const { rows } = await sql<{ id: string }>`select id from clocks.tightening where to_day is null`.execute(
      db.owner,
    )
    const answer = await administrator.post(
      `/administration/clocks/ASM-01/times/${rows[0]!.id}/end`,
      {},
      { page: '/administration/clocks/ASM-01' },
    )
    expect(answer.statusCode).toBe(303)
    expect((await sql`select from clocks.tightening where to_day is null`.execute(db.owner)).rows).toEqual([])
  })

  test('adds a bank holiday once, and takes it back', async () => {
    const add = (day: string) =>
      administrator.post('/administration/bank-holidays', { day, name: 'A day proclaimed' })
    expect(mainWords((await add('25/12/2026')).body)).toContain('in the list already')
    expect(mainWords((await add('2/5/2026')).body)).toContain('no working day anyhow')
    expect((await add('8/5/2026')).statusCode).toBe(303)
    expect(mainWords((await add('8/5/2026')).body)).toContain('added already')
    expect(mainWords((await administrator.get('/administration/bank-holidays')).body)).toContain(
      'Fri 8 May 2026',
    )
    await administrator.post(
      '/administration/bank-holidays/2026-05-08/take-back',
      {},
      { page: '/administration/bank-holidays' },
    )
    expect(mainWords((await administrator.get('/administration/bank-holidays')).body)).not.toContain(
      '8 May 2026',
    )
    expect((await add('8/5/2026')).statusCode).toBe(303)
  })

  test('is warned before the bank holidays run out', async () => {
    const house = await aHouse(db, { areas, now: () => new Date('2027-06-01T09:00:00Z') })
    const later = new Visitor(house, await signedIn(db, { roles: ['A-ADM'] }))
    expect(mainWords((await later.get('/administration/bank-holidays')).body)).toContain(
      'known up to Fri 31 Dec 2027 only',
    )
    expect(mainWords((await administrator.get('/administration/bank-holidays')).body)).not.toContain(
      'only. Add those',
    )
  })

  test('alone sets how things are counted', async () => {
    expect((await manager.get('/administration/clocks')).statusCode).toBe(403)
    expect((await worker.get('/administration/bank-holidays')).statusCode).toBe(403)
  })
})

describe('a decision about what is due', () => {
  const dueId = async (clock: string) =>
    (
      await sql<{
        id: string
      }>`select id from record.due where person_id = ${child} and clock = ${clock} and due_on = '2026-04-16'`.execute(
        db.owner,
      )
    ).rows[0]!.id
  const state = async (clock: string) =>
    (
      await sql<{
        state: string
      }>`select state from record.due where person_id = ${child} and clock = ${clock} and due_on = '2026-04-16'`.execute(
        db.owner,
      )
    ).rows[0]!.state

  test('a worker says why it is late; that it is not required is a manager’s to decide, and to take back', async () => {
    const id = await dueId('ICPC-01')
    const address = `/children/${child}/due/${id}/decide`
    expect(
      (await worker.post(address, { kind: 'late-because', reason: 'The police could not come' })).statusCode,
    ).toBe(303)
    expect(mainWords((await worker.get(`/children/${child}/due`)).body)).toContain(
      'Late because: The police could not come',
    )
    const refused = await worker.post(address, { kind: 'not-required', reason: 'No need' })
    expect(refused.statusCode).toBe(422)
    expect(await state('ICPC-01')).toBe('open')
    expect(
      (await manager.post(address, { kind: 'not-required', reason: 'Another conference covers it' }))
        .statusCode,
    ).toBe(303)
    expect(await state('ICPC-01')).toBe('not-required')
    expect(mainWords((await manager.get('/due?which=all&clock=ICPC-01')).body)).not.toContain(
      'Initial child protection conference',
    )
    await count()
    expect(await state('ICPC-01')).toBe('not-required')
    expect(
      (await manager.post(`/children/${child}/due/${id}/take-back`, {}, { page: `/children/${child}/due` }))
        .statusCode,
    ).toBe(303)
    expect(await state('ICPC-01')).toBe('open')
    expect((await worker.get(`/children/${child}/due/${crypto.randomUUID()}/decide`)).statusCode).toBe(404)
  })
})
