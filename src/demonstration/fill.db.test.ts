import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demonstrationAccounts } from '../access/demonstration.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { fillDemonstration, usual } from './fill.ts'
import { cast } from './staff.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db?.close())

const wishes = { ...usual, today: '2026-11-25', children: 120 }
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

test('a demonstration that was interrupted before its accounts were listed is filled at the next start, not twice', async () => {
  const before = await count(sql`record.event`)
  await sql`delete from access.demonstration_account`.execute(db.owner)
  expect(await fill()).toBe(true)
  expect(await count(sql`record.event`)).toBe(before)
  expect(await demonstrationAccounts(db.jobs)).toHaveLength(cast.length)
})

test('every badge is somebody’s', async () => {
  const { rows } = await sql<{ badge: string }>`
    select distinct unnest(badges) as badge from record.index_card`.execute(db.owner)
  for (const badge of ['child-in-need', 'child-protection', 'looked-after', 'care-leaver'])
    expect(rows.map((row) => row.badge)).toContain(badge)
})
