import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { aChild, fact } from '../testing/factories.ts'
import { aTeam, signedIn } from '../testing/signed-in.ts'
import { involve } from '../testing/ties.ts'
import { aHouse, mainWords, Visitor } from '../testing/visitor.ts'
import { areas as every } from '../web/areas.ts'
import { mayReopen, wrongWithClosing } from './closing.ts'
import { countWaiting } from './count-dues.ts'

const areas = every.filter(({ name }) => name !== 'access')

let db: TestDatabase
let worker: Visitor
let manager: Visitor
let child: string
let referral: string
const today = new Date().toISOString().slice(0, 10)
const page = () => `/children/${child}/close`
const answers = {
  reason: 'RC7',
  on: 'today',
  words: 'Things are better at home.\n\nThe family knows whom to ring.',
}

beforeAll(async () => {
  db = await testDatabase()
  const house = await aHouse(db, { areas })
  const team = await aTeam(db)
  const sam = await signedIn(db, { name: 'Sam Okoro', roles: ['A-SW'], teams: [team] })
  worker = new Visitor(house, sam)
  manager = new Visitor(house, await signedIn(db, { name: 'Mel Ward', roles: ['A-TM'], teams: [team] }))
  child = await aChild(db.owner, { forename: 'Rowan', surname: 'Thwaite' })
  await involve(db, child, { account: sam.account.id, team })
  referral = await fact(db.owner, 'referral', { person_id: child, referral_date: '2026-03-02' })
  await fact(db.owner, 'section_47', {
    person_id: child,
    referral_id: referral,
    s47_start_date: '2026-03-09',
    s47_end_date: '2026-03-20',
  })
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
const one = async <T>(query: ReturnType<typeof sql<T>>) => (await query.execute(db.owner)).rows[0]!
const openDues = () =>
  one(
    sql<{
      n: number
    }>`select count(*)::int as n from record.due where person_id = ${child} and state = 'open'`,
  )

describe('closing a case', () => {
  test('a worker sees what is open, and that a manager decides', async () => {
    const words = mainWords((await worker.get(page())).body)
    expect(words).toContain('Still due, and not required once the case is closed')
    expect(words).toContain('Your manager decides that a case is closed')
    expect((await worker.post(page(), answers)).statusCode).toBe(403)
  })

  test('is refused in words while a plan is open', async () => {
    const plan = await fact(db.owner, 'cin_plan', { person_id: child, cin_plan_start_date: '2026-04-01' })
    expect(mainWords((await manager.get(page())).body)).toMatch(
      /A child in need plan ?, since Wed 1 Apr 2026/,
    )
    await sql`update record.cin_plan set cin_plan_end_date = '2026-06-01' where id = ${plan}`.execute(
      db.owner,
    )
    const answer = await manager.post(page(), { ...answers, reason: 'RC8' })
    expect(answer.statusCode).toBe(422)
    expect(mainWords(answer.body)).toContain('choose another reason')
    const early = await manager.post(page(), { ...answers, on: '1/5/2026' })
    expect(mainWords(early.body)).toContain('Something happened for the child on Mon 1 Jun 2026')
  })

  test('ends what is due with the reason, the workers’ part, and keeps the manager’s words', async () => {
    expect((await openDues()).n).toBeGreaterThan(0)
    expect((await manager.post(page(), answers)).statusCode).toBe(303)
    expect((await openDues()).n).toBe(0)
    expect(
      await one(
        sql`select close_date as on, close_reason as why from record.referral where id = ${referral}`,
      ),
    ).toEqual({ on: today, why: 'RC7' })
    expect(
      await one(sql`select reason from record.due_decision where person_id = ${child} limit 1`),
    ).toMatchObject({ reason: expect.stringContaining('Things are better at home') })
    expect(
      await one(
        sql`select kind, significant_words as words from record.case_note where person_id = ${child}`,
      ),
    ).toMatchObject({ kind: 'oversight', words: expect.stringMatching(/^Case closed: Services ended/) })
    const { rows } = await sql`
      select kind, to_day - current_date as days from record.involvement where person_id = ${child} order by kind`.execute(
      db.owner,
    )
    expect(rows).toEqual([
      { kind: 'allocated', days: 0 },
      { kind: 'team', days: 28 },
    ])
  })

  test('closed in error it is opened again as it was', async () => {
    expect(mainWords((await manager.get(page())).body)).toContain('Why it was closed in error')
    const answer = await manager.post(
      `${page()}/reopen`,
      { why: 'Meant for another child' },
      { page: page() },
    )
    expect(answer.statusCode).toBe(303)
    expect((await openDues()).n).toBeGreaterThan(0)
    expect(
      await one(
        sql`select close_date as on, close_reason as why from record.referral where id = ${referral}`,
      ),
    ).toEqual({ on: null, why: null })
    expect(
      await one(sql`select to_day from record.involvement where person_id = ${child} and kind = 'allocated'`),
    ).toEqual({ to_day: null })
  })
})

describe('what stands in the way', () => {
  const closing = {
    referral: '',
    since: '2026-03-02',
    open: [],
    lastDay: '2026-06-01',
    moreThanAssessed: false,
    born: '2018-01-01',
    died: null,
  }
  test.each([
    [{}, { on: '2026-06-01', reason: 'RC7' }, []],
    [{}, { on: '2026-05-31', reason: 'RC7' }, ['on']],
    [{ lastDay: null }, { on: '2026-03-01', reason: 'RC7' }, ['on']],
    [{}, { on: '2026-06-01', reason: 'RC9' }, []],
    [{ moreThanAssessed: true }, { on: '2026-06-01', reason: 'RC9' }, ['reason']],
    [{}, { on: '2026-06-01', reason: 'RC2' }, ['reason']],
    [{ died: '2026-06-01' }, { on: '2026-06-01', reason: 'RC2' }, []],
    [{ born: null }, { on: '2026-06-01', reason: 'RC2' }, []],
    [
      { open: [{ kind: 'assessment' as const, since: '2026-03-02' }] },
      { on: '2026-06-01', reason: 'RC7' },
      ['reason'],
    ],
  ])('%j closed %j', (differs, asked, fields) => {
    expect(Object.keys(wrongWithClosing({ ...closing, ...differs }, asked))).toEqual(fields)
  })

  test('a case is opened again for 28 days', () => {
    expect(mayReopen('2026-03-02', '2026-03-30')).toBe(true)
    expect(mayReopen('2026-03-02', '2026-03-31')).toBe(false)
  })
})
