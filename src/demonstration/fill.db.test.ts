import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demonstrationAccounts } from '../access/demonstration.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { beginDemonstration, fillDemonstration, usual } from './fill.ts'
import { cast } from './staff.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db?.close())

const wishes = { ...usual, today: '2026-11-25', children: 60, years: 4 }
const fill = () => fillDemonstration(db, wishes, () => undefined)
const count = async (what: ReturnType<typeof sql>) =>
  (await sql<{ n: number }>`select count(*) as n from ${what}`.execute(db.owner)).rows[0]!.n

test('fills an empty evaluation once, with nothing left on the problems page', async () => {
  expect(await fill()).toBe(true)
  expect((await demonstrationAccounts(db.jobs)).map(({ email }) => email)).toEqual(
    cast.map(({ email }) => email),
  )
  expect(await count(sql`importing.problem`)).toBe(0)
  expect(await count(sql`record.involvement`)).toBeGreaterThan(30)
  const before = await count(sql`record.event`)
  expect(await fill()).toBe(false)
  expect(await count(sql`record.event`)).toBe(before)
})

test('a demonstration that was interrupted is filled to its end at the next start, and nothing of it twice', async () => {
  const all = async () =>
    Promise.all(
      ['record.event', 'record.involvement', 'record.case_note', 'access.duty', 'importing.run'].map(
        (table) => count(sql.table(table)),
      ),
    )
  const before = await all()
  await sql`update access.demonstration_fill set finished_at = null`.execute(db.owner)
  expect(await fill()).toBe(true)
  expect(await all()).toEqual(before)
})

test('whoever works there can sign in before anybody else is there', async () => {
  const other = await testDatabase()
  const rest = await beginDemonstration(other, wishes, () => undefined)
  expect(await demonstrationAccounts(other.jobs)).toHaveLength(cast.length)
  expect(
    (await sql<{ n: number }>`select count(*) as n from record.person`.execute(other.owner)).rows[0]!.n,
  ).toBe(0)
  expect(rest).toBeDefined()
  await other.close()
})

test('every badge is somebody’s', async () => {
  const { rows } = await sql<{ badge: string }>`
    select distinct unnest(badges) as badge from record.index_card`.execute(db.owner)
  for (const badge of ['child-in-need', 'child-protection', 'looked-after', 'care-leaver'])
    expect(rows.map((row) => row.badge)).toContain(badge)
})

test('what was asked has answers of every kind, and an unknown father what was tried', async () => {
  const { rows } = await sql<{ answer: string }>`
    select distinct answer from record.communication_need order by 1`.execute(db.owner)
  expect(rows.map(({ answer }) => answer)).toEqual(expect.arrayContaining(['known', 'none', 'not-yet-asked']))
  expect(await count(sql`record.unknown_parent`)).toBeGreaterThan(0)
})
