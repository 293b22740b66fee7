import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { signedIn } from '../testing/signed-in.ts'
import { aPerson, involve, relate, restricted } from '../testing/ties.ts'
import type { Session } from '../web/session.ts'
import { openRecord } from './opening.ts'

let db: TestDatabase
let fostering: Session
let carer: string
beforeAll(async () => {
  db = await testDatabase()
  fostering = await signedIn(db, { roles: ['A-FOS'] })
  carer = await aPerson(db, '1980-02-03')
  await involve(db, carer, { account: fostering.account.id }, { kind: 'supervising-social-worker' })
})
afterAll(() => db?.close())

const opened = (person: string, session = fostering, groups?: string[]) =>
  openRecord(db.app, session, person, { purpose: 'supporting the carer', ...(groups ? { groups } : {}) })

async function aFosteredChild() {
  const child = await aPerson(db)
  await involve(db, child, { account: (await signedIn(db, { roles: ['A-SW'] })).account.id })
  await relate(db, child, carer, 'foster-carer')
  return child
}

test('the carer’s worker reads the placement set of a child who lives with the carer, and no narrative', async () => {
  const child = await aFosteredChild()
  const answer = await opened(child)
  expect(answer).toMatchObject({
    allowed: true,
    rule: 'placed-with-carer',
    level: 'summary',
    groups: expect.arrayContaining(['F01', 'F10', 'F16']),
  })
  expect(await opened(child, fostering, ['F12', 'F13', 'F25', 'F28'])).toMatchObject({ allowed: false })
})

test('not another carer’s worker, nor another role; nor when the record is restricted', async () => {
  const child = await aFosteredChild()
  expect(await opened(child, await signedIn(db, { roles: ['A-FOS'] }))).toMatchObject({ allowed: false })
  const adviser = await signedIn(db, { roles: ['A-PA'] })
  await involve(db, carer, { account: adviser.account.id }, { kind: 'supervising-social-worker' })
  expect(await opened(child, adviser)).toMatchObject({ allowed: false })
  await restricted(db, child, 2)
  expect(await opened(child)).toMatchObject({ allowed: false, why: 'not-found' })
})
