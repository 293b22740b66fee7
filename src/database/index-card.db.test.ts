import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mustOpenRecord, openList } from '../access/opening.ts'
import { reading, writing } from '../access/reading.ts'
import { endRun, inRun, openRun } from '../access/runs.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import {
  aChild,
  aChildProtectionPlan,
  anEpisodeOfNeed,
  aPeriodOfCare,
  fact,
  later,
  someone,
} from '../testing/factories.ts'
import { anAccount, aTeam, signedIn } from '../testing/signed-in.ts'
import { involve, restricted } from '../testing/ties.ts'
import type { Session } from '../web/session.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db?.close())

const today = new Date().toISOString().slice(0, 10)
const change = (text: ReturnType<typeof sql>) => text.execute(db.owner)
const cardOf = async (person: string) =>
  (
    await sql<Record<string, unknown>>`select * from record.index_card where person_id = ${person}`.execute(
      db.owner,
    )
  ).rows[0]
const badgesOf = async (person: string) => (await cardOf(person))?.badges

describe('a card says what the record says, in the transaction that says it', () => {
  test('who somebody is', async () => {
    const child = await aChild(db.owner, {
      name: 'Zoë O’Neil-Smith',
      born: '2012-05-14',
      sex: 'F',
      localId: 'CH 123/4',
      postcode: 'fx1 2ab',
    })
    expect(await cardOf(child)).toMatchObject({
      name: 'Zoë O’Neil-Smith',
      local_id: 'CH 123/4',
      date_of_birth: '2012-05-14',
      sex: 'F',
      postcode_outward: 'FX1',
      postcodes: ['FX12AB'],
      name_keys: ['oneil', 'smith', 'zoe'],
      has_record: true,
      restriction: 0,
    })
    const { identifiers, reference } = (await cardOf(child))!
    expect(identifiers).toEqual(['CH1234', String(reference).replace('-', '')])
    expect(reference).toMatch(/^P-[2-9A-Z]{6}$/)
    expect(await cardOf(await someone(db.owner))).toMatchObject({ has_record: false })
  })

  test('a former name finds, and is not what somebody is called', async () => {
    const child = await aChild(db.owner, { name: 'Rowan Wren' })
    await change(sql`update record.person_name set to_day = '2025-01-01' where person_id = ${child}`)
    await fact(db.owner, 'person_name', { person_id: child, full_name: 'Rowan Larkfield' })
    expect(await cardOf(child)).toMatchObject({
      name: 'Rowan Larkfield',
      name_keys: ['larkfield', 'rowan', 'wren'],
    })
  })

  test('a protected address is on no card', async () => {
    const child = await aChild(db.owner, { postcode: 'FX1 2AB' })
    await change(sql`update record.address set protected = true where person_id = ${child}`)
    expect(await cardOf(child)).toMatchObject({ postcode_outward: null, postcodes: [] })
  })

  test('badges come and go with their facts', async () => {
    const child = await aChild(db.owner, { born: '2010-01-01' })
    const { referral } = await anEpisodeOfNeed(db.owner, child)
    expect(await badgesOf(child)).toEqual(['child-in-need'])
    await aChildProtectionPlan(db.owner, child, { referral })
    expect(await badgesOf(child)).toEqual(['child-protection', 'child-in-need'])
    await aPeriodOfCare(db.owner, child)
    expect(await badgesOf(child)).toEqual(['child-protection', 'looked-after', 'child-in-need'])
    await change(
      sql`update record.child_protection_plan set cp_plan_end_date = '2026-01-01' where person_id = ${child}`,
    )
    await change(sql`update record.referral set close_date = '2026-02-01' where person_id = ${child}`)
    await change(sql`update record.episode set dec = '2026-03-01', rec = 'E4A' where person_id = ${child}`)
    await sql`select record.derive_care(${[child]}::uuid[])`.execute(db.owner)
    expect(await badgesOf(child)).toEqual(['care-leaver'])
    await fact(db.owner, 'missing_episode', { person_id: child, missing: 'M', mis_start: '2026-04-01' })
    expect(await badgesOf(child)).toEqual(['care-leaver', 'missing'])
  })

  test('who left care young is no care leaver; who is expected is unborn until born', async () => {
    const young = await aChild(db.owner, { born: '2018-01-01' })
    await aPeriodOfCare(db.owner, young, [{ from: '2025-01-01', to: '2025-06-01' }])
    expect(await badgesOf(young)).toEqual([])
    const expected = await aChild(db.owner, { born: null, more: { expected_date_of_birth: '2027-01-05' } })
    expect(await badgesOf(expected)).toEqual(['unborn'])
    await change(sql`update record.person set date_of_birth = ${today} where id = ${expected}`)
    expect(await badgesOf(expected)).toEqual([])
  })

  test('the worker and team of today', async () => {
    const child = await aChild(db.owner)
    const [first, second, team] = [await anAccount(db), await anAccount(db), await aTeam(db)]
    await involve(db, child, { account: first, team }, { from: '2025-01-01', to: today })
    await involve(db, child, { account: second, team }, { from: today })
    expect(await cardOf(child)).toMatchObject({ account_id: second, team_id: team })
    await change(
      sql`update record.involvement set to_day = ${today} where person_id = ${child} and account_id = ${second}`,
    )
    expect(await cardOf(child)).toMatchObject({ account_id: null })
  })

  test('and goes with its person', async () => {
    const { rows } = await sql<{
      id: string
    }>`insert into record.person (sex) values ('U') returning id`.execute(db.owner)
    expect(await cardOf(rows[0]!.id)).toBeDefined()
    await change(sql`delete from record.person where id = ${rows[0]!.id}`)
    expect(await cardOf(rows[0]!.id)).toBeUndefined()
  })
})

describe('who finds whom', () => {
  const seenBy = async (session: Session, kind: 'search' | 'caseload', people: string[]) => {
    await openList(db.app, session, kind, { purpose: 'looking somebody up' })
    return reading(db.app, session, async (trx) =>
      (
        await sql<{
          person_id: string
        }>`select person_id from index_card where person_id = any (${people}::uuid[])`.execute(trx)
      ).rows.map(({ person_id }) => person_id),
    )
  }

  test('nobody, before a list is opened', async () => {
    const session = await signedIn(db, { roles: ['A-DUTY'] })
    await aChild(db.owner)
    const all = (trx: Parameters<Parameters<typeof reading>[2]>[0]) =>
      sql`select from index_card`.execute(trx)
    expect((await reading(db.app, session, all)).rows).toEqual([])
    expect((await sql`select from record.index_card`.execute(db.app)).rows).toEqual([])
    expect((await sql`select from record.index_card`.execute(db.jobs)).rows).toEqual([])
  })

  test('a search finds everyone but the restricted, whom only those named find', async () => {
    const children = await Promise.all([0, 1, 2, 3, 4].map(() => aChild(db.owner)))
    const named = await signedIn(db, { roles: ['A-SW'] })
    const other = await signedIn(db, { roles: ['A-SW'] })
    for (const [level, child] of children.entries()) {
      await restricted(db, child, level as 0 | 1 | 2 | 3 | 4, {
        readers: level === 2 ? [named.account.id] : [],
      })
    }
    expect((await seenBy(other, 'search', children)).sort()).toEqual([children[0]!, children[1]!].sort())
    expect((await seenBy(named, 'search', children)).sort()).toEqual(
      [children[0]!, children[1]!, children[2]!].sort(),
    )
  })

  test('who is restricted under one id is under all', async () => {
    const session = await signedIn(db, { roles: ['A-DUTY'] })
    const [one, two] = [await aChild(db.owner), await aChild(db.owner)]
    await restricted(db, one, 3)
    expect(await seenBy(session, 'search', [one, two])).toEqual([two])
    await fact(db.owner, 'person_alias', { person_id: one, same_as: two, reason: 'the same child' })
    expect(await seenBy(session, 'search', [one, two])).toEqual([])
    await change(sql`update record.person_alias set to_at = now() where person_id = ${one}`)
    expect(await seenBy(session, 'search', [one, two])).toEqual([two])
  })

  test('a caseload is one’s own children', async () => {
    const session = await signedIn(db, { roles: ['A-SW'] })
    const [mine, notMine] = [await aChild(db.owner), await aChild(db.owner)]
    await involve(db, mine, { account: session.account.id })
    expect(await seenBy(session, 'caseload', [mine, notMine])).toEqual([mine])
  })
})

describe('a run that writes much makes its cards at the end', () => {
  test('when it says so, inside a run', async () => {
    const run = await openRun(db.jobs, { purpose: 'test of cards', population: 'invented children' })
    const child = await inRun(db.jobs, run, async (trx) => {
      await sql`select set_config('cairn.cards', 'later', true)`.execute(trx)
      const id = await aChild(trx, { name: 'Idris Fellside' })
      const { rows } = await sql`select from index_card where person_id = ${id}`.execute(trx)
      expect(rows).toEqual([])
      await sql`select record.refresh_index_cards(${[id]}::uuid[])`.execute(trx)
      return id
    })
    await endRun(db.jobs, run)
    expect(await cardOf(child)).toMatchObject({ name: 'Idris Fellside' })
  })

  test('a page cannot put it off', async () => {
    const session = await signedIn(db, { roles: ['A-SW'] })
    const child = await aChild(db.owner, { born: null, more: { expected_date_of_birth: later(today, 30) } })
    await involve(db, child, { account: session.account.id })
    await mustOpenRecord(db.app, session, child, { purpose: 'case management', action: 'write' })
    await writing(db.app, session, async (trx) => {
      await sql`select set_config('cairn.cards', 'later', true)`.execute(trx)
      await sql`update person set date_of_birth = ${today} where id = ${child}`.execute(trx)
    })
    expect(await cardOf(child)).toMatchObject({ date_of_birth: today, badges: [] })
  })
})
