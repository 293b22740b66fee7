import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../testing/database.ts'
import {
  aChild,
  aChildProtectionPlan,
  anEpisodeOfNeed,
  aPeriodOfCare,
  fact,
} from '../../testing/factories.ts'
import { signedIn } from '../../testing/signed-in.ts'
import { restricted } from '../../testing/ties.ts'
import type { Session } from '../../web/session.ts'

let db: TestDatabase
let analyst: Session
let child: string
let cared: string
let sealed: string

beforeAll(async () => {
  db = await testDatabase()
  analyst = await signedIn(db, { roles: ['A-PERF'] })
  child = await aChild(db.owner, {
    forename: 'Zinnia',
    surname: 'Quillfeather',
    born: '2014-06-17',
    postcode: 'FX1 2AB',
    localId: 'LOCAL-77',
  })
  await fact(db.owner, 'person_identifier', { person_id: child, kind: 'upn', value: 'A123456789012' })
  const { referral } = await anEpisodeOfNeed(db.owner, child, { from: '2025-05-06', factors: ['16A'] })
  await aChildProtectionPlan(db.owner, child, { referral, from: '2025-07-01', category: 'NEG' })
  cared = await aChild(db.owner, { forename: 'Orla', surname: 'Pennywhistle', localId: 'LOCAL-78' })
  await anEpisodeOfNeed(db.owner, cared, { from: '2025-05-06' })
  await aPeriodOfCare(db.owner, cared, [{ from: '2025-09-01', ls: 'C2', place: 'U6', rne: 'S' }])
  sealed = await aChild(db.owner, { forename: 'Hidden', surname: 'Child', localId: 'LOCAL-79' })
  await anEpisodeOfNeed(db.owner, sealed, { from: '2025-05-06' })
  await restricted(db, sealed, 3)
})
afterAll(() => db?.close())

const open = async (session: Session, people = 'everyone', purpose = 'trends in referrals', hours = 2) => {
  const secret = randomBytes(32).toString('base64url')
  const hash = createHash('sha256').update(secret).digest()
  const { rows } = await sql<{ id: string }>`
    select access.open_reports(${session.secret}, ${hash}, ${purpose}, ${people}, ${hours}) as id`.execute(
    db.app,
  )
  return { secret, id: rows[0]!.id }
}
/** As an analyst's own tool would: says the run's secret for its session, then reads. */
const read = <T>(secret: string | undefined, query: ReturnType<typeof sql<T>>) =>
  db.analyst.transaction().execute(async (trx) => {
    if (secret) await sql`select set_config('cairn.run', ${secret}, true)`.execute(trx)
    return (await query.execute(trx)).rows
  })
const people = (secret?: string) =>
  read(
    secret,
    sql<{
      id: string
      born: string
      sex: string
    }>`select pers_person_id as id, pers_dob as born, pers_sex as sex from reporting.ssd_person`,
  )

describe('what an analyst reads with tools of their own', () => {
  test('nothing without a run, with another’s background run, or after it ended', async () => {
    expect(await people()).toEqual([])
    expect(await people('made up')).toEqual([])
    const other = randomBytes(32).toString('base64url')
    await sql`select access.open_run(${createHash('sha256').update(other).digest()}, 'an import', 'the file')`.execute(
      db.jobs,
    )
    expect(await people(other)).toEqual([])
    const run = await open(analyst)
    expect((await people(run.secret)).length).toBe(2)
    await sql`select access.end_reports(${analyst.secret}, ${run.id})`.execute(db.app)
    expect(await people(run.secret)).toEqual([])
  })

  test('who opens it, what for and about whom is on the trail; only analysts, for hours and not for days', async () => {
    const run = await open(analyst, 'looked-after', 'sufficiency of placements')
    const { rows } = await sql<{ payload: Record<string, unknown> }>`
      select payload from audit.trail where payload ->> 'run' = ${run.id}`.execute(db.owner)
    expect(rows[0]!.payload).toMatchObject({
      action: 'reports opened',
      purpose: 'sufficiency of placements',
      population: 'looked-after',
      actor: analyst.account.id,
    })
    const worker = await signedIn(db, { roles: ['A-SW'] })
    await expect(open(worker)).rejects.toMatchObject({ code: 'CA006' })
    await expect(open(analyst, 'everyone', 'trends', 24)).rejects.toThrow(/ten hours/)
    await expect(open(analyst, 'whoever I like')).rejects.toThrow()
  })

  test('the people are those it was opened for; sealed records are in none', async () => {
    expect((await people((await open(analyst, 'looked-after')).secret)).length).toBe(1)
    expect((await people((await open(analyst, 'on-a-plan')).secret)).length).toBe(1)
    expect((await people((await open(analyst, 'in-need')).secret)).length).toBe(2)
    expect((await people((await open(analyst, 'care-leavers')).secret)).length).toBe(0)
  })

  test('no name, number, full postcode, birth day or id of the record is in any view', async () => {
    const { secret } = await open(analyst)
    const { rows: views } = await sql<{ view: string }>`
      select relname as view from pg_class where relnamespace = 'reporting'::regnamespace and relkind = 'v' and relname ~ '^ssd_' order by 1`.execute(
      db.owner,
    )
    expect(views.length).toBe(49)
    let all = ''
    for (const { view } of views)
      all += JSON.stringify(
        await read(secret, sql`select to_jsonb(v) as row from ${sql.table(`reporting.${view}`)} v limit 200`),
      )
    expect(all).toContain('2014-06-01')
    expect(all).toContain('FX1')
    const { rows: ids } = await sql<{ id: string }>`
      select id::text from record.person union all select id::text from record.referral union all select id::text from record.child_protection_plan
      union all select reference from record.person union all select id::text from record.episode`.execute(
      db.owner,
    )
    const hidden = [
      'Zinnia',
      'Quillfeather',
      'Orla',
      'Hidden',
      'A123456789012',
      'LOCAL-7',
      'LOCAL',
      '2014-06-17',
      'FX12AB',
      'FX1 2AB',
    ]
    for (const one of [...hidden, ...ids.map(({ id }) => id)]) expect(all).not.toContain(one)
  })

  test('rows still belong together, in one run and in the next', async () => {
    const join = sql<{ id: string; n: string }>`
      select p.pers_person_id as id, count(*) as n from reporting.ssd_person p
        join reporting.ssd_cin_episodes e on e.cine_person_id = p.pers_person_id
        join reporting.ssd_cin_assessments a on a.cina_referral_id = e.cine_referral_id
        join reporting.ssd_assessment_factors f on f.cinf_assessment_id = a.cina_assessment_id
       group by 1`
    const first = await read((await open(analyst)).secret, join)
    expect(first).toHaveLength(2)
    expect(await read((await open(analyst)).secret, join)).toEqual(first)
  })

  test('the analyst reads nothing else: not the salt, not the dataset, not the record', async () => {
    const { secret } = await open(analyst)
    for (const table of [
      'reporting.salt',
      'reporting.population',
      'reporting.treatment',
      'ssd.ssd_person',
      'record.person',
      'access.run',
    ])
      await expect(read(secret, sql`select * from ${sql.table(table)}`)).rejects.toThrow(/permission denied/)
    await expect(read(secret, sql`select access.open_ids('F01')`)).rejects.toThrow(/permission denied/)
  })

  test('a view that gains a column nobody has classified stops there', async () => {
    await expect(
      db.owner.transaction().execute(async (trx) => {
        await sql`call ssd.take_down()`.execute(trx)
        await sql`update ssd.published set body = replace(body, 'as disa_disability_code', 'as disa_disability_code, ''x''::text as told_us_by') where name = 'ssd_disability'`.execute(
          trx,
        )
        await sql`call ssd.put_up_again()`.execute(trx)
      }),
    ).rejects.toThrow(/Say what becomes of these columns.*ssd_disability\.told_us_by/)
  })
})
