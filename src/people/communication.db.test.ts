import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { aChild } from '../testing/factories.ts'
import { signedIn } from '../testing/signed-in.ts'
import { involve } from '../testing/ties.ts'
import { aHouse, mainWords, Visitor } from '../testing/visitor.ts'
import { people } from './area.ts'

let db: TestDatabase
let house: FastifyInstance
let worker: Visitor
let child: string

beforeAll(async () => {
  db = await testDatabase()
  house = await aHouse(db, { areas: [people] })
  const session = await signedIn(db, { name: 'Sam Okoro', roles: ['A-SW'] })
  worker = new Visitor(house, session)
  child = await aChild(db.owner, { name: 'Zofia Nowak', sex: 'F' })
  await involve(db, child, { account: session.account.id })
})
afterAll(async () => {
  await house?.close()
  await db?.close()
})

const front = async () => mainWords((await worker.get(`/children/${child}`)).body)
const answer = (topic: string, body: Record<string, string>) =>
  worker.post(`/children/${child}/communication/add`, {
    topic,
    words: '',
    asked_on: '20/11/2026',
    origin: 'parent',
    ...body,
  })

test('what nobody recorded is offered on the front, and is not called not yet asked', async () => {
  const words = await front()
  expect(words).toContain('Interpreter Nobody has recorded it. Ask')
  expect(words).not.toContain('Not yet asked')
})

test('refused and not yet asked are answers, with who said it and when; a need says what it is', async () => {
  expect((await answer('language', { answer: 'known' })).body).toContain('Say what they need')
  expect((await answer('language', { answer: 'known', words: 'Polish', origin: '' })).body).toContain(
    'Choose who told it',
  )
  expect((await answer('language', { answer: 'known', words: 'Polish' })).statusCode).toBe(303)
  await answer('interpreter', { answer: 'refused', origin: 'child' })
  await answer('communication', { answer: 'not-yet-asked', origin: 'worker', origin_words: 'first visit' })
  const words = await front()
  expect(words).toContain('Language Polish A parent, 20 Nov 2026')
  expect(words).toContain('Interpreter Would rather not say The child, 20 Nov 2026')
  expect(words).toContain('Communication need Not yet asked What a worker saw (first visit), 20 Nov 2026')
  expect(words).toContain('Adjustment Nobody has recorded it')
})

test('what an import told stands until somebody asks, and says that nobody is known to have said it', async () => {
  await sql`update record.person_characteristics set first_language = 'Czech', interpreter_needed = true where person_id = ${child}`.execute(
    db.owner,
  )
  expect(await front()).toContain('Language Polish')
  await sql`delete from record.communication_need where person_id = ${child}`.execute(db.owner)
  const words = await front()
  expect(words).toContain('Language Czech brought across, without who said it')
  expect(words).toContain('Interpreter Needed brought across')
})

test('an answer that changed keeps the old one with its end', async () => {
  await answer('adjustment', { answer: 'known', words: 'Letters in large print' })
  const { rows } = await sql<{
    id: string
  }>`select id from record.communication_need where topic = 'adjustment'`.execute(db.owner)
  await worker.post(`/children/${child}/communication/${rows[0]!.id}`, {
    ...{ topic: 'adjustment', answer: 'known', words: 'Letters in large print', origin: 'parent' },
    ...{ asked_on: '20/11/2026', to_day: '25/11/2026' },
  })
  expect(await front()).toContain('Adjustment Nobody has recorded it')
  const page = mainWords((await worker.get(`/children/${child}/communication`)).body)
  expect(page).toContain('Letters in large print 20 Nov 2026 25 Nov 2026')
})

test('is read by whoever works with the child, and not by a colleague', async () => {
  const colleague = new Visitor(house, await signedIn(db, { roles: ['A-SW'] }))
  expect((await colleague.get(`/children/${child}/communication`)).statusCode).toBe(403)
})
