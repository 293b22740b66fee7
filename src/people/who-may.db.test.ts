import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mustOpenRecord } from '../access/opening.ts'
import { reading } from '../access/reading.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { aChild, fact, someone } from '../testing/factories.ts'
import { signedIn } from '../testing/signed-in.ts'
import { involve, restricted } from '../testing/ties.ts'
import { aHouse, mainWords, Visitor } from '../testing/visitor.ts'
import type { Session } from '../web/session.ts'
import { people } from './area.ts'
import { mayThey, whoMay } from './who-may.ts'

let db: TestDatabase
let house: FastifyInstance
let session: Session
let worker: Visitor
let child: string
let father: string

beforeAll(async () => {
  db = await testDatabase()
  house = await aHouse(db, { areas: [people] })
  session = await signedIn(db, { name: 'Sam Okoro', roles: ['A-SW'] })
  worker = new Visitor(house, session)
  child = await aChild(db.owner, { name: 'Jonah Thwaite', sex: 'M' })
  father = await someone(db.owner, { name: 'Lee Ackroyd', sex: 'M', born: '1985-06-06' })
  await involve(db, child, { account: session.account.id })
  await fact(db.owner, 'relationship', {
    person_id: child,
    other_person_id: father,
    kind: 'father',
    other_name: 'Lee Ackroyd',
  })
  await fact(db.owner, 'parental_responsibility', {
    person_id: child,
    holder_person_id: father,
    basis: 'married-to-mother',
  })
})
afterAll(async () => {
  await house?.close()
  await db?.close()
})

async function asked(on = '2026-11-25') {
  await mustOpenRecord(db.app, session, child, { purpose: 'writing a letter', groups: ['F07', 'F24'] })
  return reading(db.app, session, (trx) => whoMay(trx, [child], on))
}

const pageOf = async () => mainWords((await worker.get(`/children/${child}/who-may`)).body)

test('a letter asks one function, and a kept address is kept although it is not open', async () => {
  expect(mayThey(await asked(), father, 'address').may).toBe('yes')
  await fact(db.owner, 'address', {
    person_id: child,
    address_lines: '9 Fell View',
    postcode: 'FX5 1PQ',
    protected: true,
    from_day: '2026-10-01',
  })
  const kept = await asked()
  expect(kept.kept).toBe(true)
  expect(mayThey(kept, father, 'address')).toEqual({
    may: 'no',
    because: 'The address is kept from others',
  })
  expect(await pageOf()).toContain('The address is kept from others: it stands in no letter')
})

test('what was decided is recorded on a page, holds from its day to its end, and is said by whom', async () => {
  const add = `/children/${child}/who-may/arrangements/add`
  const body = { other: father, decided_by: 'court-order', from_day: '1/11/2026', to_day: '' }
  const wrong = await worker.post(add, body)
  expect(wrong.statusCode).toBe(422)
  expect(wrong.body).toContain('Say at least one of the three')
  expect((await worker.post(add, { ...body, contact: 'supervised' })).statusCode).toBe(303)
  expect(await pageOf()).toContain('Decided by a court order: supervised only')
  expect(mayThey(await asked('2026-10-31'), father, 'collect').may).toBe('ask')
  expect(mayThey(await asked(), father, 'collect').may).toBe('no')
  await sql`update record.contact_arrangement set to_day = '2026-11-20'`.execute(db.owner)
  expect(mayThey(await asked(), father, 'collect').may).toBe('ask')
})

test('the front of the record and this page name nobody restricted', async () => {
  const aunt = await someone(db.owner, { name: 'Hidden Ackroyd', sex: 'F', born: '1980-01-01' })
  await fact(db.owner, 'relationship', {
    person_id: child,
    other_person_id: aunt,
    kind: 'aunt-or-uncle',
    other_name: 'Hidden Ackroyd',
    same_household: true,
  })
  await fact(db.owner, 'parental_responsibility', {
    person_id: child,
    holder_person_id: aunt,
    holder_name: 'Hidden Ackroyd',
    basis: 'special-guardianship',
  })
  const front = async () => mainWords((await worker.get(`/children/${child}`)).body)
  expect(await front()).toContain('Hidden Ackroyd')
  expect(await pageOf()).toContain('Hidden Ackroyd')
  await restricted(db, aunt, 3)
  expect(await front()).not.toContain('Hidden')
  expect(await pageOf()).not.toContain('Hidden')
})
