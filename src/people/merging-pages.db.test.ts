import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { aChild } from '../testing/factories.ts'
import { aTeam, signedIn } from '../testing/signed-in.ts'
import { involve, restricted } from '../testing/ties.ts'
import { aHouse, mainWords, Visitor } from '../testing/visitor.ts'
import { people } from './area.ts'

let db: TestDatabase
let house: FastifyInstance
let manager: Visitor
let worker: Visitor
let one: string
let other: string

beforeAll(async () => {
  db = await testDatabase()
  house = await aHouse(db, { areas: [people], now: () => new Date('2026-11-25T10:00:00Z') })
  const team = await aTeam(db)
  manager = new Visitor(house, await signedIn(db, { name: 'Bilal Aziz', roles: ['A-TM'], teams: [team] }))
  const sam = await signedIn(db, { name: 'Sam Okoro', roles: ['A-SW'], teams: [team] })
  worker = new Visitor(house, sam)
  one = await aChild(db.owner, {
    forename: 'Ines',
    surname: 'Calder',
    born: '2013-01-02',
    sex: 'F',
    postcode: 'FX1 1AA',
  })
  other = await aChild(db.owner, {
    forename: 'Inez',
    surname: 'Calder',
    born: '2013-01-02',
    sex: 'F',
    postcode: 'FX2 2BB',
    ethnicity: 'MWAS',
  })
  for (const child of [one, other]) await involve(db, child, { team })
  await involve(db, one, { account: sam.account.id })
})
afterAll(async () => {
  await house?.close()
  await db?.close()
})

const compare = () => `/children/${one}/same-person/${other}`
const reason = 'The school has one child of this name and birth date'

test('the list leads to both beside each other; a worker with both proposes, a manager is told and decides', async () => {
  const list = mainWords((await manager.get('/people/possibly-the-same')).body)
  expect(list).toMatch(/Ine[sz] Calder .* names alike, the same birth date/)
  // The other is in the worker's team and nobody else's: open by name alone.
  const partly = mainWords((await worker.get(compare())).body)
  expect(partly).toContain('Addresses Not open to you')
  expect(partly).not.toContain('join them')
  const merged = await worker.post(
    compare(),
    { step: 'merge', reason, leads: one, 'take[name]': one },
    { page: compare() },
  )
  expect(merged.statusCode).toBe(409)
  const proposed = await worker.post(compare(), { step: 'propose', reason }, { page: compare() })
  expect(mainWords((await worker.get(proposed.headers.location!)).body)).toContain('Proposed.')
  expect(mainWords((await manager.get('/people/possibly-the-same')).body)).toMatch(
    /Proposed .* Sam Okoro .* Yours to decide/,
  )
  const both = await manager.get(compare())
  expect(mainWords(both.body)).toContain('Name: which is right?')
  expect(mainWords(both.body)).toContain('Home: which is right?')
  expect(mainWords(both.body)).toContain('Ethnicity: which is right?')
  expect(mainWords(both.body)).not.toContain('Born: which is right?')
})

test('what differs has to be answered; joined they open as one, under the address of the one that leads', async () => {
  const page = { page: compare() }
  const unanswered = await manager.post(compare(), { step: 'merge', reason, leads: one }, page)
  expect(unanswered.statusCode).toBe(422)
  expect(mainWords(unanswered.body)).toContain('Choose which is right: name')
  const answers = { 'take[name]': one, 'take[home]': other, 'take[person_characteristics.ethnicity]': other }
  expect(
    (await manager.post(compare(), { step: 'merge', reason: 'short', leads: one, ...answers }, page))
      .statusCode,
  ).toBe(422)
  const done = await manager.post(compare(), { step: 'merge', reason, leads: one, ...answers }, page)
  expect(done.headers.location).toBe(`/children/${one}/details#joined`)
  const led = await manager.get(`/children/${other}/details`)
  expect(led.headers.location).toBe(`/children/${one}/details`)
  const words = mainWords((await manager.get(`/children/${one}/details`)).body)
  expect(words).toMatch(/Inez Calder Also known as/)
  expect(words).toContain('FX2 2BB Home from')
  expect(words).toMatch(/FX1 1AA Home from .* until/)
  expect(words).toContain('Joined with another record')
  expect(mainWords((await manager.get(`/children/${one}`)).body)).toContain('White and Asian')
  expect((await manager.get(compare())).statusCode).toBe(409)
  expect(mainWords((await worker.get(`/children/${one}/details`)).body)).not.toContain('Part them again')
})

test('to part them each entry since is given to one of the two; what is not answered comes back with what was', async () => {
  await manager.post(`/children/${one}/details/contact/new`, { kind: 'mobile', value: '07700 900456' })
  const [{ id: alias }] = (await sql<{ id: string }>`select id from record.person_alias`.execute(db.owner))
    .rows as [{ id: string }]
  const at = `/children/${one}/merged/${alias}`
  const shown = await manager.get(at)
  expect(mainWords(shown.body)).toMatch(/Telephone or e-mail .* 07700 900456/)
  expect(mainWords(shown.body)).toContain('Inez Calder, P-')
  const name = /name="(choice\[contact_detail:[^"]+)"/.exec(shown.body)![1]!
  expect((await worker.get(at)).statusCode).toBe(404)
  const why = { reason: 'The other school has the second child' }
  const unanswered = await manager.post(at, why, { page: at })
  expect(unanswered.statusCode).toBe(422)
  expect(mainWords(unanswered.body)).toContain('Say of each entry to whom it belongs')
  expect((await manager.post(at, { ...why, [name]: other }, { page: at })).statusCode).toBe(303)
  expect(mainWords((await manager.get(`/children/${other}/details`)).body)).toContain('07700 900456')
  const words = mainWords((await manager.get(`/children/${one}/details`)).body)
  expect(words).not.toContain('07700 900456')
  expect(words).not.toContain('Inez')
  expect(mainWords((await manager.get(compare())).body)).toContain('found two people: The other school has')
})

test('a restricted record is compared with nobody who may not see it, in the words of what is not there', async () => {
  const hidden = await aChild(db.owner, {})
  await restricted(db, hidden, 4)
  const answers = await Promise.all([
    manager.get(`/children/${one}/same-person/${hidden}`),
    manager.get(`/children/${one}/same-person/11111111-1111-4111-8111-111111111111`),
  ])
  const [seen, nobody] = answers.map(({ statusCode, body }) => [
    statusCode,
    mainWords(body).replace(/Reference .*/, ''),
  ])
  expect(seen).toEqual(nobody)
  expect(seen![0]).toBe(404)
  const found = await manager.get(`/children/${one}/same-person?q=calder`)
  expect(found.body).toContain(`/children/${one}/same-person/${other}`)
  expect(found.body).not.toContain(`/children/${one}/same-person/${one}`)
})
