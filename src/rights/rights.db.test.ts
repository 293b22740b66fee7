import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { aChild } from '../testing/factories.ts'
import { signedIn } from '../testing/signed-in.ts'
import { aHouse, mainWords, Visitor } from '../testing/visitor.ts'
import { rights } from './area.ts'

let db: TestDatabase
let house: FastifyInstance
let worker: Visitor
let other: Visitor
let officer: Visitor
const clock = new Date('2026-11-25T10:00:00Z')
beforeAll(async () => {
  db = await testDatabase()
  house = await aHouse(db, { areas: [rights], now: () => clock })
  worker = new Visitor(house, await signedIn(db, { name: 'Sam Reed', roles: ['A-SW'] }))
  other = new Visitor(house, await signedIn(db, { name: 'Tom Pike', roles: ['A-SW'] }))
  officer = new Visitor(house, await signedIn(db, { name: 'Joan Vale', roles: ['A-IG'] }))
})
afterAll(async () => {
  await house?.close()
  await db?.close()
})

const asked = (over: Record<string, string> = {}) => ({
  kind: 'access',
  asks_as: 'parent',
  asker: 'Maeve Thwaite',
  reach: 'the telephone of her sister',
  about: 'Rory Thwaite, 3 September 2012',
  words: 'Everything you wrote about my son',
  ...over,
})
const written = async (over: Record<string, string> = {}) => {
  const page = '/requests/new'
  const answer = await worker.post(
    page,
    { ...asked(), received: '10/11/2026', channel: 'worker', ...over },
    { page },
  )
  expect(answer.statusCode).toBe(303)
  return String(answer.headers.location)
}
const step = (at: string, kind: string, fields: Record<string, string>) =>
  officer.post(`${at}/steps/${kind}`, { on: '20/11/2026', ...fields }, { page: `${at}?step=${kind}` })

describe('asking without an account', () => {
  const page = '/your-information'
  const sent = async (over: Record<string, string> = {}) =>
    new Visitor(house).post(page, asked(over), { page })

  test('is answered the same whoever is in the record, with a reference that says nothing', async () => {
    await aChild(db.owner, { forename: 'Rory', surname: 'Thwaite', born: '2012-09-03' })
    const known = await sent()
    const nobody = await sent({ about: 'Nobody At All, 1 January 1901' })
    expect([known.statusCode, nobody.statusCode]).toEqual([303, 303])
    const page = async (address: string) =>
      mainWords((await new Visitor(house).get(address)).body).replace(/R-\w{8}/, 'R')
    const [one, two] = [
      await page(String(known.headers.location)),
      await page(String(nobody.headers.location)),
    ]
    expect(one).toBe(two)
    expect(await page('/your-information/R-22222222')).toBe(one)
    expect((await new Visitor(house).get('/your-information/constructor')).statusCode).toBe(404)
  })

  test('what is missing is said at its field and what was typed stands', async () => {
    const bad = await sent({ kind: '', words: '' })
    expect(bad.statusCode).toBe(422)
    for (const words of ['Choose what you ask for', 'Say what you ask for'])
      expect(mainWords(bad.body)).toContain(words)
    expect(bad.body).toContain('the telephone of her sister')
  })

  test('stands before the officer; nobody else reads it, and the table itself is closed', async () => {
    const list = mainWords((await officer.get('/requests')).body)
    expect(list).toContain('Maeve Thwaite')
    expect(mainWords((await officer.get('/notices')).body)).toContain('Somebody outside')
    expect((await worker.get('/requests')).statusCode).toBe(403)
    const { rows } = await sql<{
      id: string
    }>`select id from rights.request where channel = 'form' limit 1`.execute(db.owner)
    expect((await worker.get(`/requests/${rows[0]!.id}`)).statusCode).toBe(404)
    for (const table of ['request', 'step'])
      await expect(sql`select from ${sql.table(`rights.${table}`)}`.execute(db.app)).rejects.toThrow()
  })
})

describe('a request', () => {
  test('is written down by whoever was asked, who reads that it was; the month runs from the day anybody heard it', async () => {
    const at = await written()
    expect(mainWords((await worker.get(at)).body)).toContain('Tell whoever asked that we have it')
    expect((await other.get(at)).statusCode).toBe(404)
    expect((await step(at, 'note', { words: 'x' })).statusCode).toBe(303)
    expect(mainWords((await officer.get(at)).body)).toContain('one month from 2026-11-10, the day it came')
    await step(at, 'id-asked', { what: 'whether her worker knows her' })
    expect(mainWords((await officer.get(at)).body)).toContain('identity')
    await step(at, 'id-received', { how: 'known' })
    expect(mainWords((await officer.get(at)).body)).toContain(
      'one month from 2026-11-20, the day the last of what was needed came',
    )
    const early = await step(at, 'note', { words: 'x', on: '1/11/2026' })
    expect(mainWords(early.body)).toContain('that is before')
  })

  test('T8: a parent’s waits for who asks, by what they may, and for the child who can decide; nothing is closed unanswered', async () => {
    const at = await written()
    const answer = { outcome: 'granted', told: 'Here it is' }
    expect(mainWords((await step(at, 'answered', answer)).body)).toMatch(
      /Not yet: Say who in the record it is about.*; Say how you know who asks; Say by what they may ask.*; Say whether the child can decide/,
    )
    expect(mainWords((await step(at, 'closed', {})).body)).toContain('nothing is closed without an answer')
    await step(at, 'subject', { which: 'found', reference: 'P-ABCDEF' })
    await step(at, 'id-received', { how: 'known' })
    await step(at, 'authority', { by: 'responsibility', evidence: 'mother' })
    await step(at, 'competence', {
      competent: 'yes',
      agrees: 'no',
      assessed: 'by his worker, over two visits',
    })
    expect(mainWords((await step(at, 'answered', answer)).body)).toContain(
      'The child can decide and has not agreed',
    )
    await step(at, 'competence', {
      competent: 'yes',
      agrees: 'yes',
      assessed: 'he read the letter with his worker',
    })
    expect(mainWords((await step(at, 'answered', { ...answer, outcome: 'partly' })).body)).toContain(
      'Say what was left out',
    )
    expect((await step(at, 'answered', answer)).statusCode).toBe(303)
    expect((await step(at, 'closed', {})).statusCode).toBe(303)
    expect((await step(at, 'note', { words: 'late' })).statusCode).toBe(409)
    expect((await step(at, 'reopened', { why: 'they ask for more' })).statusCode).toBe(303)
  })

  test('refused, it needs no proof, but an answer', async () => {
    const at = await written({ kind: 'erasure', asks_as: 'self' })
    expect(
      (
        await step(at, 'answered', {
          outcome: 'refused',
          told: 'The law asks us to keep it; you can complain',
        })
      ).statusCode,
    ).toBe(303)
  })

  test('a complaint has its own clock, and about the service another', async () => {
    const own = await written({ kind: 'complaint', asks_as: 'self' })
    expect(mainWords((await officer.get(own)).body)).toContain('Acknowledge by Wed 9 Dec 2026')
    const service = await written({ kind: 'representation', asks_as: 'self' })
    expect(mainWords((await officer.get(service)).body)).toContain(
      'first stage: 10 working days after 2026-11-10',
    )
    expect((await step(service, 'id-asked', { what: 'x' })).statusCode).toBe(404)
  })

  test('reading them is on the trail', async () => {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from audit.trail where payload ->> 'action' in ('requests read', 'right asked', 'request answered', 'right asked on the public form')`.execute(
      db.owner,
    )
    expect(rows[0]!.n).toBeGreaterThan(10)
  })
})
