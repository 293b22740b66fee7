import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { aChild, fact } from '../testing/factories.ts'
import { anAccount } from '../testing/signed-in.ts'
import type { Connection } from './connection.ts'

let db: TestDatabase
let child: string
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db?.close())

const overlaps = { code: '23P01' }
const outOfRange = { code: '23514' }

/** Each kind of fact of which a person can have one at a time: its table and how to write one from a day to another. */
const periods: [
  table: string,
  constraint: string,
  row: (from: string, to: string | null) => Record<string, unknown>,
][] = [
  ['episode', 'episode_one_at_a_time', (decom, dec) => ({ decom, dec })],
  ['period_of_care', 'period_of_care_one_at_a_time', (start_date, end_date) => ({ start_date, end_date })],
  ['placement', 'placement_one_at_a_time', (start_date, end_date) => ({ start_date, end_date, place: 'U6' })],
  [
    'legal_status',
    'legal_status_each_once_at_a_time',
    (start_date, end_date) => ({ start_date, end_date, legal_status: 'C2' }),
  ],
  [
    'child_protection_plan',
    'child_protection_plan_one_at_a_time',
    (cp_plan_start_date, cp_plan_end_date) => ({ cp_plan_start_date, cp_plan_end_date }),
  ],
  [
    'deprivation_of_liberty',
    'deprivation_of_liberty_one_at_a_time',
    (dolo_start, dolo_end) => ({ dolo_start, dolo_end }),
  ],
  [
    'involvement',
    'involvement_one_allocated_worker',
    (from_day, to_day) => ({ from_day, to_day, kind: 'allocated', worker_name: 'Ade Worker' }),
  ],
]

describe.each(periods)('%s', (table, constraint, row) => {
  const add = (from: string, to: string | null, on: Connection = db.owner, person = child) =>
    fact(on, table, { person_id: person, ...row(from, to) })

  beforeAll(async () => {
    child = await aChild(db.owner)
    await add('2024-01-10', '2024-03-10')
  })

  test('one that overlaps is refused', async () => {
    await expect(add('2024-03-09', null)).rejects.toMatchObject({ ...overlaps, constraint })
    await expect(add('2023-01-01', '2024-01-11')).rejects.toMatchObject(overlaps)
    await expect(add('2024-02-01', '2024-02-02')).rejects.toMatchObject(overlaps)
  })

  test('one that begins the day another ends is not', async () => {
    await add('2024-03-10', '2024-04-10')
    await add('2023-12-10', '2024-01-10')
  })

  test('one of no day stands beside the others', async () => {
    await add('2024-02-05', '2024-02-05')
    await add('2024-02-05', '2024-02-05')
  })

  test('one that ends before it begins is refused', async () => {
    await expect(add('2025-02-05', '2025-02-04')).rejects.toMatchObject(outOfRange)
  })

  test('somebody else’s is not in the way', async () => {
    await add('2024-01-10', '2024-03-10', db.owner, await aChild(db.owner))
  })

  test('within a transaction the order of changes does not matter', async () => {
    const person = await aChild(db.owner)
    const earlier = await add('2024-01-10', null, db.owner, person)
    const names = Object.keys(row('', null))
    const dates = names.filter((name) => row('from', 'to')[name] === 'to')
    await db.owner.transaction().execute(async (trx) => {
      await sql`set constraints ${sql.id('record', constraint)} deferred`.execute(trx)
      await add('2024-06-01', null, trx, person)
      await sql`update record.${sql.raw(table)} set ${sql.id(dates[0]!)} = '2024-06-01' where id = ${earlier}`.execute(
        trx,
      )
    })
    await expect(
      db.owner.transaction().execute(async (trx) => {
        await sql`set constraints ${sql.id('record', constraint)} deferred`.execute(trx)
        await add('2024-07-01', null, trx, person)
      }),
    ).rejects.toMatchObject({ ...overlaps, constraint })
  })
})

test('legal statuses of different kinds stand together', async () => {
  const person = await aChild(db.owner)
  await fact(db.owner, 'legal_status', { person_id: person, legal_status: 'C2', start_date: '2024-01-01' })
  await fact(db.owner, 'legal_status', { person_id: person, legal_status: 'E1', start_date: '2024-06-01' })
})

test('one allocated worker at a time, and any number beside', async () => {
  const person = await aChild(db.owner)
  const account = await anAccount(db)
  const with_ = (kind: string) =>
    fact(db.owner, 'involvement', { person_id: person, kind, account_id: account, from_day: '2025-01-01' })
  await with_('co-working')
  await with_('co-working')
  await with_('allocated')
  await expect(with_('allocated')).rejects.toMatchObject(overlaps)
})

test('missing by the hour may not overlap; missing by the day only may touch', async () => {
  const person = await aChild(db.owner)
  const missing = (from: string, to: string | null) =>
    fact(db.owner, 'missing_episode', {
      person_id: person,
      missing: 'M',
      mis_start: from.slice(0, 10),
      mis_end: to?.slice(0, 10) ?? null,
      mis_start_at: from.length > 10 ? from : null,
      mis_end_at: to && to.length > 10 ? to : null,
    })
  await missing('2026-05-01T08:00Z', '2026-05-01T14:00Z')
  await missing('2026-05-01T14:00Z', '2026-05-01T23:00Z')
  await expect(missing('2026-05-01T22:00Z', '2026-05-02T01:00Z')).rejects.toMatchObject(overlaps)
  await missing('2026-05-01', '2026-05-01')
  await missing('2026-05-01', '2026-05-03')
  await expect(missing('2026-05-03', '2026-05-01')).rejects.toMatchObject(outOfRange)
})

test('a code that never was is refused; one that no longer is stands', async () => {
  const person = await aChild(db.owner)
  await expect(
    fact(db.owner, 'placement', { person_id: person, start_date: '2024-01-01', place: 'Q9' }),
  ).rejects.toMatchObject(outOfRange)
  await fact(db.owner, 'placement', {
    person_id: person,
    start_date: '2020-01-01',
    end_date: '2020-02-01',
    place: 'H5',
  })
})
