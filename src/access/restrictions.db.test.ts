import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { aTeam, signedIn } from '../testing/signed-in.ts'
import { aPerson, involve, restricted } from '../testing/ties.ts'
import type { Session } from '../web/session.ts'
import { openList, openRecord } from './opening.ts'
import { reading } from './reading.ts'

/** Levels L0 to L4 (governance E.3): who sets them, who makes them last, whom they let in. */

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db?.close())

const purpose = 'case management'

async function call<T>(name: string, ...values: unknown[]): Promise<T> {
  const { rows } = await sql<T>`select * from ${sql.raw(`access.${name}`)}(${sql.join(values)})`.execute(
    db.app,
  )
  return rows[0]!
}
interface Outcome {
  outcome: string
  why: string | null
  id: string
}
const restrict = (
  { secret }: Session,
  person: string,
  level: number,
  { readers = [] as string[], sections = [] as string[] } = {},
) =>
  call<Outcome>(
    'restrict',
    secret,
    person,
    sql`${level}::smallint`,
    sql`${sections}::text[]`,
    'a threat to the worker',
    sql`${readers}::uuid[]`,
  )
const confirm = ({ secret }: Session, id: string, days = 90) =>
  call<Outcome>('confirm_restriction', secret, id, sql`current_date + ${days}::int`)
const name = ({ secret }: Session, id: string, account: string, named = true) =>
  call<Outcome>('name_reader', secret, id, account, named)
const sees = async (session: Session, person: string) =>
  (await openRecord(db.app, session, person, { purpose })).allowed

async function aChildWithWorkers() {
  const team = await aTeam(db)
  const [allocated, colleague, manager, other] = await Promise.all([
    signedIn(db, { roles: ['A-SW'], teams: [team] }),
    signedIn(db, { roles: ['A-SW'], teams: [team] }),
    signedIn(db, { roles: ['A-TM'], teams: [team] }),
    signedIn(db, { roles: ['A-TM'], teams: [team] }),
  ])
  const child = await aPerson(db)
  await involve(db, child, { account: allocated.account.id })
  await involve(db, child, { account: colleague.account.id }, { kind: 'co-working' })
  return { team, allocated, colleague, manager, other, child }
}

describe('a restricted record (L2)', () => {
  test('is restricted at once for a day by its worker, made to last by a manager, and named to more', async () => {
    const { allocated, colleague, manager, other, child } = await aChildWithWorkers()
    expect(await sees(colleague, child)).toBe(true)
    const { outcome, id } = await restrict(allocated, child, 2)
    expect(outcome).toBe('allowed')
    expect(await sees(allocated, child)).toBe(true)
    expect(await sees(colleague, child)).toBe(false)
    expect(await sees(manager, child)).toBe(false)
    const { rows } = await sql<{ hours: number }>`
      select extract(epoch from to_at - now()) / 3600 as hours from record.restriction where id = ${id}`.execute(
      db.owner,
    )
    expect(Number(rows[0]!.hours)).toBeCloseTo(24, 1)

    expect(await confirm(allocated, id)).toMatchObject({ outcome: 'refused', why: 'yourself' })
    expect(await confirm(colleague, id)).toMatchObject({ outcome: 'refused', why: 'not-yours-to-decide' })
    expect(await confirm(manager, id, 91)).toMatchObject({ outcome: 'refused', why: 'too-long' })
    expect(await confirm(manager, id)).toMatchObject({ outcome: 'allowed' })
    expect(await name(manager, id, manager.account.id)).toMatchObject({ outcome: 'refused', why: 'yourself' })
    expect(await name(manager, id, colleague.account.id)).toMatchObject({ outcome: 'allowed' })
    expect(await sees(colleague, child)).toBe(true)
    expect(await name(other, id, colleague.account.id, false)).toMatchObject({ outcome: 'allowed' })
    expect(await sees(colleague, child)).toBe(false)
    await expect(call('lift_restriction', manager.secret, id, 'over')).rejects.toMatchObject({
      code: 'CA005',
    })
    expect(
      await call('lift_restriction', manager.secret, id, 'The threat was found to be none.'),
    ).toMatchObject({ outcome: 'allowed' })
    expect(await sees(colleague, child)).toBe(true)
  })

  test('ends after its day when nobody made it last, and they are told', async () => {
    const { allocated, colleague, manager, child } = await aChildWithWorkers()
    const { id } = await restrict(allocated, child, 2)
    await sql`update record.restriction set to_at = now(), from_at = now() - interval '1 day' where id = ${id}`.execute(
      db.owner,
    )
    expect(await sees(colleague, child)).toBe(true)
    await sql`select access.watch_restrictions()`.execute(db.jobs)
    await sql`select access.watch_restrictions()`.execute(db.jobs)
    const { rows } = await sql<{
      kind: string
    }>`select kind from access.my_notices(${manager.secret}) where about_id = ${id} order by kind`.execute(
      db.app,
    )
    expect(rows).toEqual([{ kind: 'restriction-asked' }, { kind: 'restriction-lapsed' }])
    expect(await confirm(manager, id)).toMatchObject({ outcome: 'refused', why: 'over' })
  })

  test('closes what is open at that moment', async () => {
    const { allocated, colleague, child } = await aChildWithWorkers()
    await openRecord(db.app, colleague, child, { purpose })
    const rows = () =>
      reading(
        db.app,
        colleague,
        async (trx) => (await sql`select from person where id = ${child}`.execute(trx)).rows.length,
      )
    expect(await rows()).toBe(1)
    await restrict(allocated, child, 2)
    expect(await rows()).toBe(0)
  })

  test('shows on no list but those of the named, and the front door is told that it may exist', async () => {
    const { allocated, colleague, child, team } = await aChildWithWorkers()
    await restricted(db, child, 2, { readers: [allocated.account.id] })
    const listed = async (session: Session, kind: 'caseload' | 'search') => {
      await openList(db.app, session, kind, { purpose })
      return reading(
        db.app,
        session,
        async (trx) =>
          (await sql`select from index_card where person_id = ${child}`.execute(trx)).rows.length,
      )
    }
    const duty = await signedIn(db, { roles: ['A-DUTY'], teams: [team] })
    for (const kind of ['caseload', 'search'] as const) {
      expect([
        kind,
        await listed(allocated, kind),
        await listed(colleague, kind),
        await listed(duty, kind),
      ]).toEqual([kind, 1, 0, 0])
    }
    expect(await openRecord(db.app, duty, child, { purpose })).toMatchObject({
      allowed: false,
      why: 'restricted',
      mayAskEmergency: true,
    })
    expect(await openRecord(db.app, colleague, child, { purpose })).toMatchObject({
      allowed: false,
      why: 'not-found',
    })
  })

  test('can still be matched: the front door is told that somebody fits what means one person, and not who', async () => {
    const [hidden, sealed] = [await aPerson(db, '2013-04-05'), await aPerson(db, '2013-04-05')]
    for (const person of [hidden, sealed]) {
      await sql`insert into record.person_name (person_id, full_name) values (${person}, 'Rowan Ashdown')`.execute(
        db.owner,
      )
      await sql`insert into record.person_identifier (person_id, kind, value) values (${person}, 'nhs-number', ${person === hidden ? '9990000026' : '9990000034'})`.execute(
        db.owner,
      )
    }
    await restricted(db, hidden, 2)
    await restricted(db, sealed, 3)
    const [duty, worker] = [
      await signedIn(db, { roles: ['A-DUTY'] }),
      await signedIn(db, { roles: ['A-SW'] }),
    ]
    const told = (session: Session, day: string | null, numbers: string[], words: string[]) =>
      reading(
        db.app,
        session,
        async (trx) =>
          (
            await sql<{
              may: boolean
            }>`select access.restricted_may_match(${day}::date, ${numbers}::text[], ${words}::text[]) as may`.execute(
              trx,
            )
          ).rows[0]!.may,
      )
    expect(await told(duty, null, ['9990000026'], [])).toBe(false)
    for (const session of [duty, worker]) await openList(db.app, session, 'search', { purpose })
    expect(await told(duty, null, ['9990000026'], [])).toBe(true)
    expect(await told(duty, '2013-04-05', [], ['rowan'])).toBe(true)
    expect(await told(duty, null, [], ['ashdown', 'rowan'])).toBe(true)
    // Too little, another person, a sealed one, or somebody who need not match.
    expect(await told(duty, null, [], ['rowan'])).toBe(false)
    expect(await told(duty, '2013-04-05', [], [])).toBe(false)
    expect(await told(duty, '2013-04-06', [], ['rowan'])).toBe(false)
    expect(await told(duty, null, ['9990000034'], [])).toBe(false)
    expect(await told(worker, null, ['9990000026'], [])).toBe(false)
  })

  test('whoever does not work with the child asks, and the managers are told', async () => {
    const { manager, colleague, child } = await aChildWithWorkers()
    const stranger = await signedIn(db, { roles: ['A-SW'] })
    expect(await restrict(stranger, child, 2)).toMatchObject({ outcome: 'asked', id: null })
    expect(await sees(colleague, child)).toBe(true)
    const { rows } = await sql<{
      kind: string
    }>`select kind from access.my_notices(${manager.secret})`.execute(db.app)
    expect(rows).toContainEqual({ kind: 'restriction-asked' })
  })
})

describe('other levels', () => {
  test('a sensitive section (L1) is for the allocated worker and the managers', async () => {
    const { allocated, colleague, manager, child } = await aChildWithWorkers()
    await restrict(allocated, child, 1, { sections: ['F18'] })
    const groups = async (session: Session) => {
      const opened = await openRecord(db.app, session, child, { purpose })
      return opened.allowed && opened.groups.includes('F18')
    }
    expect([await groups(allocated), await groups(colleague), await groups(manager)]).toEqual([
      true,
      false,
      true,
    ])
  })

  test('a sealed record (L3) is for named adoption workers alone; the seal is theirs or the head of service’s to set', async () => {
    const { allocated, manager, child } = await aChildWithWorkers()
    const adoption = await signedIn(db, { roles: ['A-ADO'] })
    const other = await signedIn(db, { roles: ['A-ADO'] })
    expect(await restrict(allocated, child, 3)).toMatchObject({
      outcome: 'refused',
      why: 'not-yours-to-decide',
    })
    await restricted(db, child, 3, { readers: [adoption.account.id, allocated.account.id] })
    expect([
      await sees(adoption, child),
      await sees(other, child),
      await sees(allocated, child),
      await sees(manager, child),
    ]).toEqual([true, false, false, false])
  })

  test('a record not to be known (L4) has two names at most', async () => {
    const { allocated, colleague, manager, child, team } = await aChildWithWorkers()
    const head = await signedIn(db, { roles: ['A-SM'], teams: [team] })
    const second = await signedIn(db, { roles: ['A-SM'] })
    const names = [allocated, colleague, manager].map(({ account }) => account.id)
    expect(await restrict(allocated, child, 4)).toMatchObject({
      outcome: 'refused',
      why: 'not-yours-to-decide',
    })
    expect(await restrict(head, child, 4, { readers: names })).toMatchObject({
      outcome: 'refused',
      why: 'too-many-named',
    })
    const { id } = await restrict(head, child, 4, { readers: names.slice(0, 1) })
    expect(await confirm(second, id)).toMatchObject({ outcome: 'allowed' })
    expect(await name(second, id, colleague.account.id)).toMatchObject({ outcome: 'allowed' })
    expect(await name(second, id, manager.account.id)).toMatchObject({
      outcome: 'refused',
      why: 'too-many-named',
    })
    expect([
      await sees(allocated, child),
      await sees(colleague, child),
      await sees(manager, child),
      await sees(head, child),
    ]).toEqual([true, true, false, false])
  })

  test('one more restriction never opens more', async () => {
    const { allocated, colleague, child } = await aChildWithWorkers()
    await restricted(db, child, 2, { readers: [allocated.account.id] })
    await restricted(db, child, 2, { readers: [colleague.account.id] })
    expect([await sees(allocated, child), await sees(colleague, child)]).toEqual([false, false])
  })
})
