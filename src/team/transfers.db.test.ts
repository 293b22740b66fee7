import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openRecord } from '../access/opening.ts'
import { writing } from '../access/reading.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { aChild } from '../testing/factories.ts'
import { aTeam, signedIn } from '../testing/signed-in.ts'
import { involve, relate } from '../testing/ties.ts'
import { aHouse, mainWords, Visitor } from '../testing/visitor.ts'
import { areas as every } from '../web/areas.ts'
import type { Session } from '../web/session.ts'
import { addDays, dayOf } from '../web/words.ts'
import { proposeTransfer } from './transfer-store.ts'

const areas = every.filter(({ name }) => name !== 'access')
const today = dayOf(new Date())

let db: TestDatabase
let sam: Session
let priya: Session
let greta: Session
let nadia: Session
let stranger: Session
let east: string
let west: string
let house: Awaited<ReturnType<typeof aHouse>>

beforeAll(async () => {
  db = await testDatabase()
  house = await aHouse(db, { areas })
  east = await aTeam(db)
  west = await aTeam(db)
  sam = await signedIn(db, { name: 'Sam Okoro', roles: ['A-SW'], teams: [east] })
  priya = await signedIn(db, { name: 'Priya Shah', roles: ['A-TM'], teams: [east] })
  greta = await signedIn(db, { name: 'Greta Osei', roles: ['A-TM'], teams: [west] })
  nadia = await signedIn(db, { name: 'Nadia Rahman', roles: ['A-SW'], teams: [west] })
  stranger = await signedIn(db, { name: 'Tom Eccles', roles: ['A-TM'], teams: [await aTeam(db)] })
})
afterAll(() => db?.close())

const visitor = (session: Session) => new Visitor(house, session)
const mayRead = async (session: Session, person: string, group = 'F25') =>
  (await openRecord(db.app, session, person, { purpose: 'a test', groups: [group] })).allowed
const mayWrite = async (session: Session, person: string) =>
  (await openRecord(db.app, session, person, { purpose: 'a test', groups: ['F25'], action: 'write' })).allowed
async function aChildOfSams(forename = 'Rowan'): Promise<string> {
  const child = await aChild(db.owner, { forename, surname: 'Thwaite' })
  await involve(db, child, { account: sam.account.id, team: east })
  return child
}
async function proposed(
  children: string[],
  { to = nadia, team = west, by = sam, on = addDays(today, 7), extra = {} } = {},
) {
  const answer = await visitor(by).post('/transfers/new', {
    to: `${to.account.id} ${team}`,
    on,
    summary: 'Worried about school. The plan is a review in January.',
    child: children[0]!,
    ...extra,
  })
  expect(answer.statusCode).toBe(303)
  const { rows } = await sql<{
    id: string
  }>`select id from record.transfer where person_id = any (${children}::uuid[]) order by id desc`.execute(
    db.owner,
  )
  return rows[0]?.id
}
const spans = async (person: string) =>
  (
    await sql<{ kind: string; account: string | null; from: string; to: string | null }>`
      select kind, account_id as account, from_day as "from", to_day as "to" from record.involvement where person_id = ${person} order by from_day, kind`.execute(
      db.owner,
    )
  ).rows

describe('a transfer', () => {
  test('waits for a manager of the team that is asked, who reads what there is to know, and nobody else does', async () => {
    const rowan = await aChildOfSams()
    expect(await mayRead(greta, rowan)).toBe(false)
    const id = await proposed([rowan])
    expect(await mayRead(greta, rowan)).toBe(true)
    expect(await mayWrite(greta, rowan)).toBe(false)
    expect(await mayRead(nadia, rowan)).toBe(false)
    expect(await mayRead(stranger, rowan)).toBe(false)
    const list = mainWords((await visitor(greta).get('/transfers')).body)
    expect(list).toContain('Rowan Thwaite')
    const page = mainWords((await visitor(greta).get(`/transfers/${id}`)).body)
    expect(page).toContain('The plan is a review in January')
    expect(page).toContain('How the record stands')
    expect((await visitor(stranger).get(`/transfers/${id}`)).statusCode).toBe(404)
    // Named to take the child, and told so: nothing opens until a manager has accepted.
    expect((await visitor(nadia).get(`/transfers/${id}`)).statusCode).toBe(403)
  })

  test('accepted: both work with the child until the day, one is responsible at every moment, and the manager keeps no more than the team has', async () => {
    const rowan = await aChildOfSams()
    const on = addDays(today, 5)
    const id = await proposed([rowan], { on })
    const answer = await visitor(greta).post(
      `/transfers/${id}/answer`,
      { answer: 'accepted', to: `${nadia.account.id} ${west}`, on },
      { page: `/transfers/${id}` },
    )
    expect(answer.headers.location).toBe('/transfers')
    expect(await spans(rowan)).toEqual([
      { kind: 'allocated', account: sam.account.id, from: '2026-01-01', to: on },
      { kind: 'co-working', account: nadia.account.id, from: today, to: on },
      { kind: 'allocated', account: nadia.account.id, from: on, to: null },
    ])
    for (const worker of [sam, nadia]) expect(await mayWrite(worker, rowan)).toBe(true)
    const { rows } = await sql<{ to: string; kind: string }>`
      select a.display_name as to, n.kind from access.notice n join access.account a on a.id = n.to_account_id where n.about_id = ${id} order by 1, 2`.execute(
      db.owner,
    )
    expect(rows).toEqual([
      { to: 'Greta Osei', kind: 'transfer-asked' },
      { to: 'Nadia Rahman', kind: 'transfer-accepted' },
      { to: 'Sam Okoro', kind: 'transfer-accepted' },
    ])
    const { rows: unread } = await sql`
      select from access.notice where about_id = ${id} and kind = 'transfer-asked' and read_at is null`.execute(
      db.owner,
    )
    expect(unread).toEqual([])
    const again = await visitor(greta).post(
      `/transfers/${id}/answer`,
      { answer: 'returned', words: 'Too late' },
      { page: '/transfers' },
    )
    expect(again.statusCode).toBe(422)
  })

  test('returned needs a reason, ends what the manager could read, and leaves the worker as it was', async () => {
    const rowan = await aChildOfSams()
    const id = await proposed([rowan])
    const without = await visitor(greta).post(
      `/transfers/${id}/answer`,
      { answer: 'returned', words: '' },
      { page: `/transfers/${id}` },
    )
    expect(without.statusCode).toBe(422)
    await visitor(greta).post(
      `/transfers/${id}/answer`,
      { answer: 'returned', words: 'The chronology ends in May' },
      { page: `/transfers/${id}` },
    )
    expect(await mayRead(greta, rowan)).toBe(false)
    expect(await spans(rowan)).toEqual([
      { kind: 'allocated', account: sam.account.id, from: '2026-01-01', to: null },
    ])
    expect(mainWords((await visitor(sam).get(`/transfers/${id}`)).body)).toContain(
      'The chronology ends in May',
    )
  })

  test('is not answered by whoever proposed it, by the manager who gives, or by a stranger; the proposer takes it back', async () => {
    const rowan = await aChildOfSams()
    const id = await proposed([rowan])
    for (const somebody of [priya, stranger]) {
      const answer = await visitor(somebody).post(
        `/transfers/${id}/answer`,
        { answer: 'accepted', to: `${nadia.account.id} ${west}`, on: today },
        { page: '/transfers' },
      )
      expect([404, 422]).toContain(answer.statusCode)
    }
    expect(
      (await visitor(nadia).post(`/transfers/${id}/withdraw`, {}, { page: '/transfers' })).statusCode,
    ).toBe(403)
    expect(
      (await visitor(sam).post(`/transfers/${id}/withdraw`, {}, { page: `/transfers/${id}` })).statusCode,
    ).toBe(303)
    expect(await mayRead(greta, rowan)).toBe(false)
  })

  test('a manager whose team it is hands over at once; one transfer waits at a time', async () => {
    const rowan = await aChildOfSams()
    const lena = await signedIn(db, { name: 'Lena Brandt', roles: ['A-SW'], teams: [east] })
    await proposed([rowan], { by: priya, to: lena, team: east, on: today })
    expect((await spans(rowan)).map(({ account }) => account)).toEqual([sam.account.id, lena.account.id])
    const ash = await aChildOfSams('Ash')
    await proposed([ash])
    const again = await visitor(sam).post('/transfers/new', {
      to: `${nadia.account.id} ${west}`,
      on: today,
      summary: 'Once more',
      child: ash,
    })
    expect(again.headers.location).toContain('kept=1')
  })

  test('a whole caseload goes at once, family by family', async () => {
    const mo = await signedIn(db, { name: 'Mo Leaver', roles: ['A-SW'], teams: [east] })
    const children = []
    for (const forename of ['Ivy', 'Oak', 'Elm']) {
      const child = await aChild(db.owner, { forename, surname: 'Alder' })
      await involve(db, child, { account: mo.account.id, team: east })
      children.push(child)
    }
    await relate(db, children[0]!, children[1]!, 'sibling')
    const page = mainWords((await visitor(priya).get(`/transfers/new?from=${mo.account.id}`)).body)
    expect(page).toContain('Alder, 2 children')
    for (const name of ['Ivy', 'Oak', 'Elm']) expect(page).toContain(name)
    expect(mainWords((await visitor(sam).get(`/transfers/new?from=${mo.account.id}`)).body)).not.toContain(
      'Ivy',
    )
  })
})

describe('the database', () => {
  test('proposes for nobody whose record is not open for writing, to nobody outside the team, and for no day past', async () => {
    const rowan = await aChildOfSams()
    const propose = (session: Session, changes: object) =>
      writing(db.app, session, (trx) =>
        proposeTransfer(trx, {
          children: [{ person: rowan, summary: 'What is to be known' }],
          account: nadia.account.id,
          team: west,
          on: today,
          ...changes,
        }),
      )
    expect(await propose(sam, {})).toEqual([])
    await openRecord(db.app, sam, rowan, { purpose: 'a test', groups: ['F25', 'F26'], action: 'write' })
    expect(await propose(sam, { team: east })).toEqual([])
    expect(await propose(sam, { on: addDays(today, -1) })).toEqual([])
    expect(await propose(nadia, {})).toEqual([])
    expect(await propose(sam, {})).toHaveLength(1)
  })
})
