import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../testing/database.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db?.close())

describe('the four roles', () => {
  it.each(['owner', 'app', 'jobs', 'analyst'] as const)('%s connects as itself', async (kind) => {
    const { rows } = await sql<{ who: string }>`select current_user as who`.execute(db[kind])
    expect(rows).toEqual([{ who: `cairn_test_${kind}` }])
  })

  it.each(['app', 'jobs', 'analyst'] as const)(
    '%s makes nothing in public and no temporary table',
    async (kind) => {
      await expect(sql`create table public.a_thing (id int)`.execute(db[kind])).rejects.toThrow(
        /permission denied|read-only/,
      )
      await expect(sql`create temporary table a_thing (id int)`.execute(db[kind])).rejects.toThrow(
        /permission denied|read-only/,
      )
    },
  )

  it('give dates as they are written', async () => {
    const { rows } =
      await sql`select date '2024-02-29' as day, array[date '2024-02-29'] as days, 12::int8 as count, 1.10::numeric as amount`.execute(
        db.app,
      )
    expect(rows).toEqual([{ day: '2024-02-29', days: ['2024-02-29'], count: 12, amount: '1.10' }])
  })
})
