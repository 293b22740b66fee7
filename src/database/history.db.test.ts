import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { endRun, inRun, openRun, type Run } from '../access/runs.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { aChild, aChildProtectionPlan, aPeriodOfCare, fact, later } from '../testing/factories.ts'
import type { Connection } from './connection.ts'

let db: TestDatabase
let run: Run
beforeAll(async () => {
  db = await testDatabase()
  run = await openRun(db.jobs, { purpose: 'tests of history', population: 'invented children' })
})
afterAll(async () => {
  if (run) await endRun(db.jobs, run)
  await db?.close()
})

const today = async (text: ReturnType<typeof sql>) => (await text.execute(db.owner)).rows
const as = (work: (trx: Connection) => Promise<unknown>, knownAt?: Date) =>
  inRun(db.jobs, run, (trx) => work(trx), { knownAt })
/** The same text, whatever the moment: tables without a schema. */
const plansAt = (child: string, knownAt?: Date) =>
  inRun(
    db.jobs,
    run,
    async (trx) =>
      (
        await sql<{ cp_plan_latest_category: string; cp_plan_end_date: string | null }>`
          select cp_plan_latest_category, cp_plan_end_date from child_protection_plan where person_id = ${child}
           order by cp_plan_start_date`.execute(trx)
      ).rows,
    { knownAt, readOnly: true },
  )
const now = async () =>
  (await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db.owner)).rows[0]!.now

describe('as known at', () => {
  test('before it was recorded, nothing was known', async () => {
    const before = await now()
    const child = await aChild(db.owner)
    await aChildProtectionPlan(db.owner, child, { from: '2019-03-01', ended: '2019-09-01' })
    expect(await plansAt(child, before)).toEqual([])
    expect(await plansAt(child)).toHaveLength(1)
    // Nor the day after the plan began: it had not been recorded here.
    expect(await plansAt(child, new Date('2019-03-02'))).toEqual([])
  })

  test('a correction shows what stood before and what stands now, each at its time', async () => {
    const child = await aChild(db.owner)
    await aChildProtectionPlan(db.owner, child, { category: 'NEG' })
    const first = await now()
    await sql`update record.child_protection_plan set cp_plan_latest_category = 'EMO' where person_id = ${child}`.execute(
      db.owner,
    )
    const second = await now()
    await sql`update record.child_protection_plan set cp_plan_end_date = '2026-01-05' where person_id = ${child}`.execute(
      db.owner,
    )
    expect(await plansAt(child, first)).toEqual([{ cp_plan_latest_category: 'NEG', cp_plan_end_date: null }])
    expect(await plansAt(child, second)).toEqual([{ cp_plan_latest_category: 'EMO', cp_plan_end_date: null }])
    expect(await plansAt(child)).toEqual([{ cp_plan_latest_category: 'EMO', cp_plan_end_date: '2026-01-05' }])
  })

  test('a fact that a newer import no longer has is gone now, and there then', async () => {
    const child = await aChild(db.owner)
    const plan = await fact(db.owner, 'cin_plan', { person_id: child, cin_plan_start_date: '2025-01-06' })
    const before = await now()
    await as((trx) => sql`delete from cin_plan where id = ${plan}`.execute(trx))
    const at = async (knownAt?: Date) =>
      as(
        async (trx) => (await sql`select id from cin_plan where person_id = ${child}`.execute(trx)).rows,
        knownAt,
      )
    expect(await at()).toEqual([])
    expect(await at(before)).toEqual([{ id: plan }])
  })

  test('at every moment between changes exactly one version of a fact is known', async () => {
    const child = await aChild(db.owner)
    const id = await fact(db.owner, 'referral', { person_id: child, referral_date: '2025-02-03' })
    for (const need of ['N1', 'N2', 'N3', 'N4']) {
      await sql`update record.referral set cin_primary_need_code = ${need} where id = ${id}`.execute(db.owner)
    }
    const versions = await today(sql`
      select recorded_at, replaced_at from history.referral where id = ${id}
      union all select recorded_at, null from record.referral where id = ${id} order by 1`)
    expect(versions).toHaveLength(5)
    for (const [n, version] of (versions as { recorded_at: Date; replaced_at: Date | null }[]).entries()) {
      const next = (versions as { recorded_at: Date }[])[n + 1]
      expect(version.replaced_at).toEqual(next?.recorded_at ?? null)
    }
  })

  test('the chronology of a moment is that moment’s, its words too', async () => {
    const child = await aChild(db.owner, { born: null, more: { expected_date_of_birth: '2026-02-01' } })
    const unborn = await now()
    await sql`update record.person set date_of_birth = '2026-01-28' where id = ${child}`.execute(db.owner)
    const events = (knownAt?: Date) =>
      as(
        async (trx) =>
          (
            await sql`select kind, happened_on from event where person_id = ${child} order by kind`.execute(
              trx,
            )
          ).rows,
        knownAt,
      )
    expect(await events(unborn)).toEqual([])
    expect(await events()).toEqual([{ kind: 'born', happened_on: '2026-01-28' }])
  })
})

describe('what is kept', () => {
  test('an update that changes nothing keeps nothing and leaves the row as it was, its worked-out columns too', async () => {
    const child = await aChild(db.owner)
    await aPeriodOfCare(db.owner, child)
    const rowOf = () => today(sql`select * from record.episode where person_id = ${child}`)
    const [before] = await rowOf()
    await sql`update record.episode set ls = ls, import_run_id = uuidv7() where person_id = ${child}`.execute(
      db.owner,
    )
    expect(await rowOf()).toEqual([before])
    expect(await today(sql`select id from history.episode where person_id = ${child}`)).toEqual([])
  })

  test('a row written and corrected in one transaction was never known otherwise', async () => {
    const child = await aChild(db.owner)
    await db.owner.transaction().execute(async (trx) => {
      const id = await fact(trx, 'hazard', { person_id: child, kind: 'animal', words: 'a dog' })
      await sql`update record.hazard set words = 'two dogs' where id = ${id}`.execute(trx)
    })
    expect(await today(sql`select words from record.hazard where person_id = ${child}`)).toEqual([
      { words: 'two dogs' },
    ])
    expect(await today(sql`select words from history.hazard where person_id = ${child}`)).toEqual([])
  })

  test('episodes read again change nothing of what follows from them', async () => {
    const child = await aChild(db.owner)
    const days = ['2024-01-10', '2024-05-10', '2024-11-10']
    await aPeriodOfCare(db.owner, child, [
      { from: days[0]!, to: days[1]!, ls: 'V2' },
      { from: days[1]!, to: days[2]!, ls: 'C1', rne: 'L' },
      { from: days[2]!, ls: 'C2', rne: 'B', place: 'U4' },
    ])
    const following = () =>
      today(sql`
        select 'period' as what, start_date, end_date, primary_need::text as code, recorded_at from record.period_of_care where person_id = ${child}
        union all select 'placement', start_date, end_date, place, recorded_at from record.placement where person_id = ${child}
        union all select 'status', start_date, end_date, legal_status, recorded_at from record.legal_status where person_id = ${child}
        order by 1, 2`)
    const first = await following()
    expect(first).toMatchObject([
      { what: 'period', start_date: days[0], end_date: null, code: 'N1' },
      { what: 'placement', start_date: days[0], end_date: days[2], code: 'U6' },
      { what: 'placement', start_date: days[2], end_date: null, code: 'U4' },
      { what: 'status', start_date: days[0], end_date: days[1], code: 'V2' },
      { what: 'status', start_date: days[1], end_date: days[2], code: 'C1' },
      { what: 'status', start_date: days[2], end_date: null, code: 'C2' },
    ])
    await as((trx) => sql`select record.derive_care(${[child]}::uuid[])`.execute(trx))
    expect(await following()).toEqual(first)

    await sql`update record.episode set dec = ${later(days[2]!, 90)}, rec = 'E4A' where person_id = ${child} and dec is null`.execute(
      db.owner,
    )
    await as((trx) => sql`select record.derive_care(${[child]}::uuid[])`.execute(trx))
    const changed = (await following()).filter((row, n) => JSON.stringify(row) !== JSON.stringify(first[n]))
    expect(changed).toMatchObject([
      { what: 'period', end_date: later(days[2]!, 90) },
      { what: 'placement', start_date: days[2] },
      { what: 'status', code: 'C2' },
    ])
  })

  test('nobody who serves changes what stood, or writes into the past', async () => {
    const child = await aChild(db.owner)
    await aChildProtectionPlan(db.owner, child)
    for (const connection of [db.app, db.jobs]) {
      for (const statement of [
        sql`update history.person set sex = 'U'`,
        sql`delete from history.person`,
        sql`insert into history.child_protection_plan select *, now() from record.child_protection_plan`,
        sql`truncate record.child_protection_plan`,
        sql`alter table record.person disable trigger keep_history`,
      ]) {
        await expect(statement.execute(connection)).rejects.toMatchObject({ code: '42501' })
      }
    }
  })
})
