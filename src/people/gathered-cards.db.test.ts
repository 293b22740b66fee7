import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openList } from '../access/opening.ts'
import { reading } from '../access/reading.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { aChild, anEpisodeOfNeed, fact } from '../testing/factories.ts'
import { signedIn } from '../testing/signed-in.ts'
import { involve } from '../testing/ties.ts'
import type { Session } from '../web/session.ts'
import { findPeople } from './index-store.ts'
import { likelyOf } from './likely.ts'
import { questionOf } from './model.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db?.close())

const change = (text: ReturnType<typeof sql>) => text.execute(db.owner)
const cardOf = async (person: string) =>
  (
    await sql<Record<string, unknown>>`select * from record.index_card where person_id = ${person}`.execute(
      db.owner,
    )
  ).rows[0]

describe('rows of person that are one human being', () => {
  const found = async (session: Session, typed: string, day: string) => {
    await openList(db.app, session, 'search', { purpose: 'test of cards' })
    return reading(db.app, session, async (trx) => {
      const likely = likelyOf(
        questionOf(typed, () => day),
        '2027-01-01',
      )
      return (await findPeople(trx, likely, 20)).map(({ id }) => id)
    })
  }

  test('have one card that gathers all they are known by, are found once, and come apart again', async () => {
    const session = await signedIn(db, { roles: ['A-SW'] })
    const one = await aChild(db.owner, {
      name: 'Ludmila Petrov',
      born: '2013-02-03',
      localId: 'LP1',
      postcode: 'FX1 1AA',
    })
    const two = await aChild(db.owner, {
      name: 'Lyudmila Petrova',
      born: '2013-03-02',
      localId: 'LP2',
      postcode: 'FX2 2BB',
    })
    const three = await aChild(db.owner, { name: 'Mila Petrow', born: null, localId: 'LP3' })
    await involve(db, two, { account: session.account.id })
    await anEpisodeOfNeed(db.owner, three, { from: '2026-09-01' })
    const before = [await cardOf(one), await cardOf(two), await cardOf(three)]
    await fact(db.owner, 'person_alias', { person_id: three, same_as: two, reason: 'the same child' })
    await fact(db.owner, 'person_alias', { person_id: two, same_as: one, reason: 'the same child' })
    expect(await cardOf(one)).toMatchObject({
      name: 'Ludmila Petrov',
      date_of_birth: '2013-02-03',
      local_id: 'LP1',
      account_id: session.account.id,
      badges: ['child-in-need'],
      postcodes: ['FX11AA', 'FX22BB'],
      name_keys: ['ludmila', 'lyudmila', 'mila', 'petrov', 'petrova', 'petrow'],
      identifiers: expect.arrayContaining(['LP1', 'LP2', 'LP3']),
      same_as: null,
    })
    for (const other of [two, three])
      expect(await cardOf(other)).toMatchObject({
        name: 'Ludmila Petrov',
        name_keys: [],
        identifiers: [],
        same_as: one,
      })
    expect(await found(session, 'Mila Petrow', '2013-02-03')).toEqual([one])
    expect(await found(session, '3/2/2013', '2013-02-03')).toEqual([one])
    await change(sql`update record.person_alias set to_at = now() where person_id = ${two}`)
    expect(await cardOf(one)).toEqual({ ...before[0], refreshed_at: expect.anything() })
    expect(await cardOf(two)).toMatchObject({
      name_keys: ['lyudmila', 'mila', 'petrova', 'petrow'],
      same_as: null,
    })
    await change(sql`update record.person_alias set to_at = now() where person_id = ${three}`)
    expect(await cardOf(two)).toEqual({ ...before[1], refreshed_at: expect.anything() })
    expect(await cardOf(three)).toEqual({ ...before[2], refreshed_at: expect.anything() })
  })
})
