import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { codeSets } from './codes.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db?.close())

test('each domain of the database accepts the codes of its set, and no others', async () => {
  const { rows } = await sql<{ name: string; codes: string[] }>`
    select t.typname as name,
           array(select m[1] from regexp_matches(pg_get_constraintdef(c.oid), '''([^'']*)''::text', 'g') as m) as codes
      from pg_type t join pg_constraint c on c.contypid = t.oid
     where t.typnamespace = 'codes'::regnamespace and t.typname <> 'collection_year'`.execute(db.owner)
  const inDatabase = new Map(rows.map(({ name, codes }) => [name, codes.sort()]))
  const inFiles = new Map(
    [...codeSets].map(([name, { codes }]) => [name, codes.map(({ code }) => code).sort()]),
  )
  expect(inDatabase).toEqual(inFiles)
})
