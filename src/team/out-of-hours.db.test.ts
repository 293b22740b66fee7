import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openList, openRecord } from '../access/opening.ts'
import { reading, writing } from '../access/reading.ts'
import { addManagementNote } from '../casework/management-note.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { aChild } from '../testing/factories.ts'
import { anAccount, aSession, aTeam, signedIn } from '../testing/signed-in.ts'
import { involve, restricted } from '../testing/ties.ts'
import { aHouse, mainWords, Visitor } from '../testing/visitor.ts'
import { areas as every } from '../web/areas.ts'
import type { Session } from '../web/session.ts'
import { addDays, dayOf } from '../web/words.ts'
import { tellTheNight } from './night-store.ts'
import { mondayOf, type Shift } from './rota.ts'
import { rotaOf, setRota } from './rota-store.ts'

const areas = every.filter(({ name }) => name !== 'access')
const today = dayOf(new Date())

let db: TestDatabase
let house: Awaited<ReturnType<typeof aHouse>>
let sam: Session
let priya: Session
let dev: Session
let wendy: Session
let greta: Session
let east: string
let rowan: string
let nobodys: string
let hidden: string

const visitor = (session: Session) => new Visitor(house, session)

beforeAll(async () => {
  db = await testDatabase()
  house = await aHouse(db, { areas })
  east = await aTeam(db)
  sam = await signedIn(db, { name: 'Sam Okoro', roles: ['A-SW'], teams: [east] })
  priya = await signedIn(db, { name: 'Priya Shah', roles: ['A-TM'], teams: [east] })
  dev = await signedIn(db, { name: 'Dev Malik', roles: ['A-DUTY'], teams: [await aTeam(db)] })
  wendy = await signedIn(db, { name: 'Wendy Marsh', roles: ['A-EDT'] })
  greta = await signedIn(db, { name: 'Greta Osei', roles: ['A-TM'], teams: [await aTeam(db)] })
  rowan = await aChild(db.owner, { forename: 'Rowan', surname: 'Thwaite' })
  nobodys = await aChild(db.owner, { forename: 'Nessa', surname: 'New' })
  hidden = await aChild(db.owner, { forename: 'Hidden', surname: 'Child' })
  await involve(db, rowan, { account: sam.account.id, team: east })
  await involve(db, hidden, { account: sam.account.id, team: east })
  for (const child of [rowan, nobodys, hidden]) await nightNote(child)
  await restricted(db, hidden, 2)
})
afterAll(() => db?.close())

/** The emergency duty worker opens a record with a reason and writes on it. */
async function nightNote(child: string) {
  const opened = await openRecord(db.app, wendy, child, {
    purpose: 'emergency duty',
    action: 'write',
    reason: 'Police rang about the child at half past two',
  })
  expect(opened.allowed).toBe(true)
  await writing(db.app, wendy, (trx) =>
    addManagementNote(trx, wendy.account.id, child, {
      now: new Date(),
      words: 'Taken home by the police at three',
    }),
  )
}
const shown = async (session: Session, path = '/out-of-hours') =>
  mainWords((await visitor(session).get(path)).body)

describe('what the night did', () => {
  test('stands before the day team of each child until somebody takes it over', async () => {
    for (const day of [sam, priya]) {
      const words = await shown(day)
      expect(words).toContain('Rowan Thwaite')
      expect(words).toContain('Taken home by the police at three')
      expect(words).toContain('Opened the whole record: Police rang about the child at half past two')
      expect(words).not.toContain('Nessa')
    }
    expect(await shown(greta)).not.toContain('Rowan')
  })

  test('of a child nobody works with stands before the front door; of a restricted child before nobody who is not named', async () => {
    const words = await shown(dev)
    expect(words).toContain('Nessa New')
    expect(words).toContain('Something was recorded: open the record to read it')
    expect(words).not.toContain('Taken home')
    expect(words).not.toContain('Rowan')
    for (const session of [dev, sam, wendy]) expect(await shown(session)).not.toContain('Hidden')
  })

  test('is taken over by the day and not by whoever did it, once', async () => {
    const page = (await visitor(sam).get('/out-of-hours')).body
    const lines = [...page.matchAll(/name="line" value="([^"]+)"/g)].map(([, id]) => id!)
    expect(lines.length).toBeGreaterThan(1)
    const take = (session: Session) =>
      visitor(session).post('/out-of-hours/seen', { line: lines[0]! }, { page: '/out-of-hours' })
    expect((await take(greta)).headers.location).toBe('/out-of-hours?taken=0')
    expect((await take(wendy)).headers.location).toBe('/out-of-hours?taken=0')
    expect((await take(sam)).headers.location).toBe('/out-of-hours?taken=1')
    expect((await take(priya)).headers.location).toBe('/out-of-hours?taken=0')
    expect(await shown(wendy)).toContain('taken over by Sam Okoro')
    const left = [
      ...(await visitor(priya).get('/out-of-hours')).body.matchAll(/name="line" value="([^"]+)"/g),
    ]
    expect(left).toHaveLength(lines.length - 1)
  })

  test('the list says on the trail whom it showed', async () => {
    await visitor(sam).get('/out-of-hours')
    const { rows } = await sql<{ shown: string[] }>`
      select shown from audit.trail where payload ->> 'actor' = ${sam.account.id} and payload ->> 'rule' = 'night' and shown is not null
       order by at desc limit 1`.execute(db.owner)
    expect(rows[0]!.shown).toEqual([rowan])
  })
})

describe('what the night should know', () => {
  test('reaches the emergency duty team and the child’s own workers, not others; nothing of a restricted child', async () => {
    await visitor(sam).post(`/children/${rowan}/tonight`, {
      words: 'The father may come to the house: call the police',
      from: today,
      to: addDays(today, 1),
    })
    for (const session of [wendy, sam, priya])
      expect(await shown(session, '/tonight')).toContain('The father may come')
    for (const session of [greta, dev]) expect(await shown(session, '/tonight')).not.toContain('The father')
    expect(await shown(sam, `/children/${rowan}/tonight`)).toContain('The father may come')
    expect((await visitor(greta).get(`/children/${rowan}/tonight`)).statusCode).toBe(403)
  })

  test('is not written for longer than four weeks, nor without the record open', async () => {
    const answer = await visitor(sam).post(`/children/${rowan}/tonight`, {
      words: 'Too long',
      from: today,
      to: addDays(today, 40),
    })
    expect(answer.statusCode).toBe(422)
    const tell = writing(db.app, greta, (trx) =>
      tellTheNight(trx, [rowan], { words: 'Mine', from: today, to: today }),
    )
    await expect(tell).rejects.toThrow()
  })

  test('ends when nobody needs it any more', async () => {
    const { rows } = await sql<{
      id: string
    }>`select id from record.tonight where person_id = ${rowan}`.execute(db.owner)
    await visitor(sam).post(
      `/children/${rowan}/tonight/${rows[0]!.id}/end`,
      {},
      { page: `/children/${rowan}/tonight` },
    )
    expect(await shown(wendy, '/tonight')).not.toContain('The father')
  })
})

describe('the rota', () => {
  const monday = mondayOf(addDays(today, 7))
  const set = (session: Session, shifts: readonly Shift[], team = east, week = monday) =>
    writing(db.app, session, (trx) => setRota(trx, team, week, shifts))
  const read = async () => (await reading(db.app, priya, (trx) => rotaOf(trx, east, monday, []))).shifts

  test('is read as it was written, through the hour that clocks change, and rewritten whole', async () => {
    const shifts: Shift[] = [
      { account: sam.account.id, day: monday, half: 'morning' },
      { account: sam.account.id, day: addDays(monday, 6), half: 'night' },
    ]
    expect(await set(priya, shifts)).toBe(true)
    expect(await read()).toEqual(shifts)
    expect(await set(priya, shifts.slice(1))).toBe(true)
    expect(await read()).toEqual(shifts.slice(1))
  })

  test('is nobody else’s: not a worker’s, not another team’s manager’s, and no week that begins on a Tuesday', async () => {
    expect(await set(sam, [])).toBe(false)
    expect(await set(greta, [])).toBe(false)
    expect(await set(priya, [], east, addDays(monday, 1))).toBe(false)
    expect((await visitor(greta).get(`/rota/${east}`)).statusCode).toBe(404)
  })

  test('feeds need to know: whoever is on duty opens the team’s children, and in those hours only', async () => {
    const extra = await aSession(db, await anAccount(db, { name: 'Ola Extra', roles: ['A-SW'] }))
    const opens = async () =>
      (await openRecord(db.app, extra, rowan, { purpose: 'a test', groups: ['F25'] })).allowed
    expect(await opens()).toBe(false)
    const week = mondayOf(today)
    // Whatever the hour, one of the halves runs now: last Sunday’s night belongs to the week before.
    const shifts = (['morning', 'afternoon', 'night'] as const).flatMap((half) =>
      [addDays(today, -1), today].map((day) => ({ account: extra.account.id, day, half })),
    )
    const before = mondayOf(addDays(today, -1))
    if (before !== week)
      await set(
        priya,
        shifts.filter(({ day }) => day < week),
        east,
        before,
      )
    await set(
      priya,
      shifts.filter(({ day }) => day >= week),
      east,
      week,
    )
    expect(await opens()).toBe(true)
    await set(priya, [], east, week)
    if (before !== week) await set(priya, [], east, before)
    expect(await opens()).toBe(false)
  })

  test('the page shows the week and where nobody is on duty', async () => {
    const page = mainWords((await visitor(priya).get(`/rota/${east}?week=${monday}`)).body)
    expect(page).toContain('Sam Okoro')
    expect(page).toContain('Nobody is on duty')
    expect((await visitor(priya).get(`/rota/${east}?week=nonsense`)).statusCode).toBe(200)
    const answer = await visitor(priya).post(
      `/rota/${east}`,
      { monday, shift: `${sam.account.id} ${monday} afternoon` },
      { page: `/rota/${east}?week=${monday}` },
    )
    expect(answer.headers.location).toContain('saved=yes')
    expect(await read()).toEqual([{ account: sam.account.id, day: monday, half: 'afternoon' }])
  })
})

test('a list of the night opens nothing for whoever has no work', async () => {
  const nobody = await signedIn(db, { name: 'No Body', roles: ['A-PERF'] })
  const opened = await openList(db.app, nobody, 'night', { purpose: 'a test' })
  expect(opened.allowed).toBe(true)
  expect(await shown(nobody)).toContain('The night left nothing for you')
})
