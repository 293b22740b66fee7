import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mustOpenRecord } from '../access/opening.ts'
import { reading } from '../access/reading.ts'
import type { Connection } from '../database/connection.ts'
import { happenings } from '../events/store.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { signedIn } from '../testing/signed-in.ts'
import { aPerson, aPlan, involve } from '../testing/ties.ts'
import type { Session } from '../web/session.ts'
import { identityOf } from './identity-store.ts'
import { summaryOf } from './summary-store.ts'

let db: TestDatabase
let worker: Session
let other: Session
let child: string
beforeAll(async () => {
  db = await testDatabase()
  worker = await signedIn(db, { roles: ['A-SW'] })
  other = await signedIn(db, { roles: ['A-SW'] })
  child = await aPerson(db)
  await involve(db, child, { account: worker.account.id })
  await aPlan(db, child)
})
afterAll(() => db?.close())

const on = '2026-06-01'
const front = (conn: Connection, session: Session, knownAt?: Date) =>
  reading(
    conn,
    session,
    async (trx) => ({
      who: (await identityOf(trx, [child], { person: child, on, restriction: 0 }))?.id,
      plans: (await summaryOf(trx, [child], on)).plans.length,
      events: (await happenings(trx, [child], { kinds: ['child-protection-plan-started'] })).length,
    }),
    { knownAt },
  )

// The functions of 0298 are planned once for a connection, which serves one session after the other.
describe('on one connection, a plan that is kept', () => {
  const all = { who: expect.any(String), plans: 1, events: 1 }
  const nothing = { who: undefined, plans: 0, events: 0 }

  test('shows nothing to the next session, and nothing of now to who looks back', async () => {
    const { rows } = await sql<{
      on: string
    }>`select cp_plan_start_date as on from record.child_protection_plan`.execute(db.owner)
    expect(rows[0]!.on <= on, 'the plan has begun by then').toBe(true)
    await db.app.connection().execute(async (conn) => {
      for (let turn = 0; turn < 7; turn += 1) {
        expect(await front(conn, other)).toEqual(nothing)
        await mustOpenRecord(conn, worker, child, { purpose: 'case management' })
        expect(await front(conn, worker)).toEqual(all)
        expect(await front(conn, worker, new Date('2020-01-01'))).toEqual(nothing)
        expect(await front(conn, other)).toEqual(nothing)
      }
    })
  })
})

test('the facts of events are looked for in each table that tells', async () => {
  const { rows } = await sql`
    select distinct t.table_name from foundation.telling t
     where not exists (select from pg_proc p where p.oid = 'record.facts_of(jsonb)'::regprocedure
                          and position(format(' from %s t where ', t.table_name) in p.prosrc) > 0)`.execute(
    db.owner,
  )
  expect(rows).toEqual([])
})
