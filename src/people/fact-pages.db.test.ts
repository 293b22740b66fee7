import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { aChild, fact } from '../testing/factories.ts'
import { aTeam, signedIn } from '../testing/signed-in.ts'
import { involve, relate } from '../testing/ties.ts'
import { aHouse, mainWords, Visitor } from '../testing/visitor.ts'
import { people } from './area.ts'

let db: TestDatabase
let house: FastifyInstance
let worker: Visitor
let child: string
let involvement: string
beforeAll(async () => {
  db = await testDatabase()
  house = await aHouse(db, { areas: [people] })
  const team = await aTeam(db)
  const session = await signedIn(db, { name: 'Sam Okoro', roles: ['A-SW'], teams: [team] })
  worker = new Visitor(house, session)
  child = await aChild(db.owner, { name: 'Ivo Thwaite' })
  involvement = await involve(db, child, { account: session.account.id, team })
})
afterAll(async () => {
  await house?.close()
  await db?.close()
})

const page = async (table: string, id: string) =>
  mainWords((await worker.get(`/children/${child}/facts/${table}/${id}`)).body)

test('what stood before names the worker and the kind in words', async () => {
  const words = await page('involvement', involvement)
  expect(words).toContain('Worker or team')
  expect(words).toContain('Sam Okoro')
  expect(words).toContain('Allocated worker')
  expect(words).not.toMatch(/[Aa]ccount.id|[Tt]eam.id/)
})

test('codes in words with the code, and columns as workers say them', async () => {
  const id = await fact(db.owner, 'looked_after_review', {
    person_id: child,
    review: '2026-03-01',
    review_code: 'PN1',
  })
  const words = await page('looked_after_review', id)
  expect(words).toContain('How the child took part')
  expect(words).toContain('(PN1)')
})

test('somebody whose record is not open stays unnamed', async () => {
  const other = await aChild(db.owner, { name: 'Kezia Marlow' })
  await relate(db, child, other, 'friend')
  const { rows } = await sql<{ id: string }>`
    select id from record.relationship where person_id = ${child}`.execute(db.owner)
  const words = await page('relationship', rows[0]!.id)
  expect(words).toContain('Friend')
  expect(words).toContain('not open to you')
  expect(words).not.toContain('Marlow')
})
