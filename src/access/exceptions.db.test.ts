import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { anAccount, aSession, aTeam, signedIn } from '../testing/signed-in.ts'
import { aPerson, involve, relate, restricted } from '../testing/ties.ts'
import type { Session } from '../web/session.ts'
import { openRecord } from './opening.ts'
import { writing } from './reading.ts'

/** Emergency access, conflicts of interest, and that nobody decides about themselves (governance E.4, E.5). */

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db?.close())

const purpose = 'case management'
const words = 'A neighbour has called: shouting and a child crying.'

interface Found {
  team: string
  allocated: Session
  manager: Session
  child: string
}
/** A child with a worker and a team manager. */
async function aChildWithWorker(): Promise<Found> {
  const team = await aTeam(db)
  const allocated = await signedIn(db, { roles: ['A-SW'], teams: [team] })
  const manager = await signedIn(db, { roles: ['A-TM'], teams: [team] })
  const child = await aPerson(db)
  await involve(db, child, { account: allocated.account.id })
  return { team, allocated, manager, child }
}

async function call<T>(name: string, ...values: unknown[]): Promise<T> {
  const { rows } = await sql<T>`select * from ${sql.raw(`access.${name}`)}(${sql.join(values)})`.execute(
    db.app,
  )
  return rows[0]!
}
const today = () => new Date().toISOString().slice(0, 10)
const breakGlass = (
  { secret }: Session,
  person: string,
  { hours = 4, said = words, due = today(), reason = 'immediate-safety' } = {},
) =>
  call<{ outcome: string; why: string | null; id: string; until_at: Date }>(
    'break_glass',
    secret,
    person,
    reason,
    said,
    sql`${hours}::numeric`,
    sql`${due}::date`,
  )
const noticesOf = async ({ secret }: Session) =>
  (
    await sql<{ kind: string; person_id: string; about_account_id: string }>`
      select kind, person_id, about_account_id from access.my_notices(${secret})`.execute(db.app)
  ).rows
const review = ({ secret }: Session, id: string, outcome = 'justified') =>
  call<{ outcome: string; why: string | null }>(
    'review_break_glass',
    secret,
    id,
    outcome,
    'It was right to look.',
  )
const asleep = (session: Session) =>
  sql`update access.session set reauthenticated_at = now() - interval '1 hour' where id = ${session.id}`.execute(
    db.owner,
  )

describe('emergency access', () => {
  test('opens for reading at once, tells worker and manager in the same commit, and is on the trail', async () => {
    const { allocated, manager, child } = await aChildWithWorker()
    const session = await signedIn(db, { roles: ['A-SW'] })
    expect(await openRecord(db.app, session, child, { purpose })).toMatchObject({
      allowed: false,
      mayAskEmergency: true,
    })
    const broken = await breakGlass(session, child)
    expect(broken).toMatchObject({ outcome: 'allowed', why: null })
    for (const told of [allocated, manager]) {
      expect(await noticesOf(told)).toEqual([
        { kind: 'emergency-access', person_id: child, about_account_id: session.account.id },
      ])
    }
    expect(await noticesOf(session)).toEqual([])
    // One transaction: the notices, the glass and the line have the same beginning.
    const { rows } = await sql`
      select count(distinct x)::int as transactions from (
        select xmin::text as x from access.break_glass where id = ${broken.id}
        union all select xmin::text from access.notice where about_id = ${broken.id}
        union all select xmin::text from audit.trail where payload ->> 'breakGlass' = ${broken.id}) written`.execute(
      db.owner,
    )
    expect(rows).toEqual([{ transactions: 1 }])

    const opened = await openRecord(db.app, session, child, { purpose })
    expect(opened).toMatchObject({ allowed: true, rule: 'break-glass', breakGlass: broken.id, level: 'full' })
    expect(opened).not.toMatchObject({ groups: expect.arrayContaining(['F21']) })
    const { rows: lines } = await sql`
      select payload ->> 'action' as action, payload ->> 'reason' as reason, payload ->> 'rule' as rule from audit.trail
       where actor = ${session.account.id} and payload ->> 'breakGlass' = ${broken.id} order by at`.execute(
      db.owner,
    )
    expect(lines).toEqual([
      { action: 'emergency access', reason: words, rule: null },
      { action: 'view', reason: null, rule: 'break-glass' },
    ])
  })

  test('writes only after a second step with words of its own', async () => {
    const { child } = await aChildWithWorker()
    const session = await signedIn(db, { roles: ['A-SW'] })
    const { id } = await breakGlass(session, child)
    expect(await openRecord(db.app, session, child, { purpose, action: 'write' })).toMatchObject({
      allowed: false,
    })
    await expect(call('break_glass_to_write', session.secret, id, 'short')).rejects.toMatchObject({
      code: 'CA005',
    })
    await call('break_glass_to_write', session.secret, id, 'The plan has to be written up tonight.')
    expect(await openRecord(db.app, session, child, { purpose, action: 'write' })).toMatchObject({
      allowed: true,
    })
    await writing(db.app, session, (trx) =>
      sql`insert into hazard (person_id, kind, words) values (${child}, 'animal', 'A dog behind the gate')`.execute(
        trx,
      ),
    )
  })

  test('asks for a reason of the list, twenty characters, a fresh proof and a day of review', async () => {
    const { child } = await aChildWithWorker()
    const session = await signedIn(db, { roles: ['A-SW'] })
    await expect(breakGlass(session, child, { said: 'too short, this is' })).rejects.toMatchObject({
      code: 'CA005',
    })
    await expect(breakGlass(session, child, { reason: 'curiosity' })).rejects.toMatchObject({ code: '23514' })
    await expect(breakGlass(session, child, { hours: 25 })).rejects.toMatchObject({ code: 'CA005' })
    await expect(breakGlass(session, child, { due: '2030-01-01' })).rejects.toMatchObject({ code: 'CA005' })
    await asleep(session)
    await expect(breakGlass(session, child)).rejects.toMatchObject({ code: 'CA004' })
    expect(await openRecord(db.app, session, child, { purpose })).toMatchObject({ allowed: false })
  })

  test('ends with the shift at the latest, with its hours, or when its user ends it', async () => {
    const { child } = await aChildWithWorker()
    const session = await signedIn(db, { roles: ['A-SW'] })
    const long = await breakGlass(session, child, { hours: 24 })
    const { rows } = await sql<{
      expires_at: Date
    }>`select expires_at from access.session where id = ${session.id}`.execute(db.owner)
    expect(long.until_at).toEqual(rows[0]!.expires_at)
    await openRecord(db.app, session, child, { purpose })
    await call('end_break_glass', session.secret, long.id)
    expect(await openRecord(db.app, session, child, { purpose })).toMatchObject({
      allowed: false,
      mayAskEmergency: true,
    })
    const { rows: open } =
      await sql`select from access.opening where session_id = ${session.id} and expires_at > now()`.execute(
        db.owner,
      )
    expect(open).toEqual([])

    const short = await breakGlass(session, child)
    expect(await openRecord(db.app, session, child, { purpose })).toMatchObject({ allowed: true })
    await sql`update access.break_glass set opened_at = now() - interval '2 hours', until_at = now() where id = ${short.id}`.execute(
      db.owner,
    )
    expect(await openRecord(db.app, session, child, { purpose })).toMatchObject({ allowed: false })
  })

  test('an opening under it does not outlast it', async () => {
    const { child } = await aChildWithWorker()
    const session = await signedIn(db, { roles: ['A-SW'] })
    const { id } = await breakGlass(session, child)
    await sql`update access.break_glass set until_at = now() + interval '5 seconds' where id = ${id}`.execute(
      db.owner,
    )
    await openRecord(db.app, session, child, { purpose })
    const { rows } = await sql`
      select max(o.expires_at) <= max(b.until_at) as within from access.opening o, access.break_glass b
       where o.session_id = ${session.id} and b.id = ${id}`.execute(db.owner)
    expect(rows).toEqual([{ within: true }])
  })

  test('is nothing to whom the record is open, or whose role has none', async () => {
    const { allocated, child } = await aChildWithWorker()
    expect(await breakGlass(allocated, child)).toMatchObject({ outcome: 'refused', why: 'not-needed' })
    for (const role of ['A-FIN', 'A-QA', 'A-BS', 'A-DPO', 'A-IG', 'A-PERF']) {
      expect(await breakGlass(await signedIn(db, { roles: [role] }), child)).toMatchObject({
        outcome: 'refused',
      })
    }
  })

  test('with nobody to tell near the child, somebody further up is told', async () => {
    const lonely = await aPerson(db)
    const team = await aTeam(db)
    const manager = await signedIn(db, { roles: ['A-TM'], teams: [team] })
    const session = await signedIn(db, { roles: ['A-SW'], teams: [team] })
    await breakGlass(session, lonely)
    expect(await noticesOf(manager)).toHaveLength(1)
    const head = await signedIn(db, { roles: ['A-SM'] })
    const alone = await signedIn(db, { roles: ['A-EDT'] })
    const other = await aPerson(db)
    await breakGlass(alone, other)
    expect(await noticesOf(head)).toHaveLength(1)
  })

  test('breaks a restriction only for those the restriction names, and never the last one', async () => {
    const levels = [2, 3, 4] as const
    const people = await Promise.all(
      levels.map(async (level) => {
        const person = await aPerson(db)
        await restricted(db, person, level)
        return person
      }),
    )
    const outcomes = async (role: string) => {
      const session = await signedIn(db, { roles: [role] })
      return Promise.all(people.map(async (person) => (await breakGlass(session, person)).outcome))
    }
    expect(await outcomes('A-SW')).toEqual(['refused', 'refused', 'refused'])
    expect(await outcomes('A-DUTY')).toEqual(['allowed', 'refused', 'refused'])
    expect(await outcomes('A-EDT')).toEqual(['allowed', 'allowed', 'refused'])
  })
})

describe('review of emergency access', () => {
  test('T13: not by its user, nor by anyone below them; by a manager, once', async () => {
    const { manager, child, team } = await aChildWithWorker()
    // A manager of another team looks; the deputy below, with a manager’s role too, may not say that it was right.
    const other = await aTeam(db)
    const user = await signedIn(db, { roles: ['A-TM'], teams: [other] })
    const deputy = await signedIn(db, { roles: ['A-TM'], teams: [team] })
    await sql`insert into access.supervision (account_id, supervisor_id) values (${deputy.account.id}, ${user.account.id})`.execute(
      db.owner,
    )
    const worker = await signedIn(db, { roles: ['A-SW'], teams: [team] })
    const { id } = await breakGlass(user, child)
    for (const no of [user, deputy, worker]) {
      expect(await review(no, id)).toEqual({ outcome: 'refused', why: 'not-independent' })
    }
    // The constraint says it once more, to whoever gets past the function.
    await expect(
      sql`update access.break_glass set reviewed_by = account_id, reviewed_at = now(), outcome = 'justified' where id = ${id}`.execute(
        db.owner,
      ),
    ).rejects.toMatchObject({ code: '23514' })
    expect(await review(manager, id)).toEqual({ outcome: 'allowed', why: null })
    expect(await review(manager, id)).toEqual({ outcome: 'refused', why: 'already-reviewed' })
    expect((await noticesOf(user)).map(({ kind }) => kind)).toContain('emergency-access-reviewed')
  })

  test('whoever has a conflict with the child reviews nothing about it', async () => {
    const { manager, child } = await aChildWithWorker()
    const { id } = await breakGlass(await signedIn(db, { roles: ['A-SW'] }), child)
    await call('declare_connection', manager.secret, child, 'neighbour', 'They live next door')
    expect(await review(manager, id)).toMatchObject({ outcome: 'refused' })
  })

  test('what nobody reviewed in time goes up, once', async () => {
    const { child, manager } = await aChildWithWorker()
    const guardian = await signedIn(db, { roles: ['A-CG'] })
    const { id } = await breakGlass(await signedIn(db, { roles: ['A-SW'] }), child)
    const escalate = async () =>
      (await sql<{ n: number }>`select access.escalate_reviews() as n`.execute(db.jobs)).rows[0]!.n
    expect(await escalate()).toBe(0)
    await sql`update access.break_glass set review_due = current_date - 1 where id = ${id}`.execute(db.owner)
    expect(await escalate()).toBe(1)
    expect(await escalate()).toBe(0)
    expect((await noticesOf(guardian)).map(({ kind }) => kind)).toEqual(['emergency-access-unreviewed'])
    await review(manager, id, 'escalate')
    expect((await noticesOf(guardian)).map(({ kind }) => kind).sort()).toEqual([
      'emergency-access-escalated',
      'emergency-access-unreviewed',
    ])
  })
})

describe('conflicts of interest', () => {
  test('one’s own record and one’s relatives’ stay closed, by emergency access too', async () => {
    const { team, manager } = await aChildWithWorker()
    const session = await signedIn(db, { roles: ['A-SW', 'A-EDT'], teams: [team] })
    const [own, mother, aunt] = [
      await aPerson(db, '1990-01-01'),
      await aPerson(db, '1960-01-01'),
      await aPerson(db, '1962-01-01'),
    ]
    await sql`update access.account set person_id = ${own} where id = ${session.account.id}`.execute(db.owner)
    await relate(db, own, mother, 'mother')
    await relate(db, mother, aunt, 'sister')
    for (const person of [own, mother, aunt]) await involve(db, person, { account: session.account.id })
    const asked = { purpose, reason: 'somebody called' }
    expect(await openRecord(db.app, session, own, asked)).toMatchObject({
      allowed: false,
      why: 'own-record',
      mayAskEmergency: false,
    })
    for (const person of [mother, aunt]) {
      expect(await openRecord(db.app, session, person, asked)).toMatchObject({
        allowed: false,
        why: 'relative',
        mayAskEmergency: false,
      })
    }
    for (const person of [own, mother, aunt])
      expect(await breakGlass(session, person)).toMatchObject({ outcome: 'refused' })

    // Somebody else's decision opens a relative's record, and never one's own.
    const decide = (who: Session, person: string) =>
      call<{ outcome: string }>(
        'decide_conflict',
        who.secret,
        session.account.id,
        person,
        'may open',
        'Nobody else is on duty tonight.',
        sql`current_date + 1`,
      )
    expect(await decide(manager, mother)).toMatchObject({ outcome: 'allowed' })
    expect(await decide(manager, own)).toMatchObject({ outcome: 'allowed' })
    expect(await openRecord(db.app, session, mother, asked)).toMatchObject({ allowed: true })
    expect(await openRecord(db.app, session, own, asked)).toMatchObject({ allowed: false, why: 'own-record' })
  })

  test('T14: ‘I know this family’ closes the record and its family’s at once, and emergency access with it', async () => {
    const { allocated, manager, child } = await aChildWithWorker()
    const sister = await aPerson(db)
    await relate(db, child, sister, 'sister')
    const session = await signedIn(db, { roles: ['A-SW'] })
    await involve(db, child, { account: session.account.id }, { kind: 'co-working' })
    await breakGlass(session, sister)
    expect(await openRecord(db.app, session, child, { purpose })).toMatchObject({ allowed: true })
    expect(await openRecord(db.app, session, sister, { purpose })).toMatchObject({ allowed: true })

    await call('declare_connection', session.secret, child, 'friend', 'Our children are at the same school')
    const { rows } =
      await sql`select from access.opening where session_id = ${session.id} and expires_at > clock_timestamp()`.execute(
        db.owner,
      )
    expect(rows).toEqual([])
    for (const person of [child, sister]) {
      expect(await openRecord(db.app, session, person, { purpose })).toEqual({
        allowed: false,
        why: 'declared-connection',
        mayAskEmergency: false,
      })
      expect(await breakGlass(session, person)).toMatchObject({
        outcome: 'refused',
        why: 'declared-connection',
      })
    }
    // From another machine no more than from this one.
    const elsewhere = await aSession(db, session.account.id)
    expect(await openRecord(db.app, elsewhere, child, { purpose })).toMatchObject({ allowed: false })

    const decide = (who: Session) =>
      call<{ outcome: string; why: string | null }>(
        'decide_conflict',
        who.secret,
        session.account.id,
        child,
        'may open',
        'The acquaintance is slight, and known.',
        sql`current_date + 30`,
      )
    expect(await decide(session)).toEqual({ outcome: 'refused', why: 'yourself' })
    expect(await decide(allocated)).toEqual({ outcome: 'refused', why: 'not-yours-to-decide' })
    expect(await decide(manager)).toEqual({ outcome: 'refused', why: 'not-yours-to-decide' })
    const head = await signedIn(db, { roles: ['A-SM'] })
    expect(await decide(head)).toEqual({ outcome: 'allowed', why: null })
    expect(await openRecord(db.app, session, child, { purpose })).toMatchObject({
      allowed: true,
      rule: 'co-working',
    })
  })
})

describe('T13: nobody gives themselves what only another may give', () => {
  test('a role', async () => {
    const someone = await anAccount(db)
    await expect(
      sql`insert into access.account_role (account_id, role, granted_by) values (${someone}, 'A-DPO', ${someone})`.execute(
        db.owner,
      ),
    ).rejects.toMatchObject({ code: '23514' })
  })

  test('a tie to a child, or cover for a colleague', async () => {
    const { allocated, manager, child } = await aChildWithWorker()
    const tie = (who: Session, account: string, kind = 'meeting', days = 7) =>
      call<{ outcome: string; why: string | null; id: string }>(
        'make_tie',
        who.secret,
        account,
        child,
        kind,
        sql`current_date`,
        sql`current_date + ${days}::int`,
        'Core group on Tuesday',
      )
    const guest = await signedIn(db, { roles: ['A-SW'] })
    expect(await tie(guest, guest.account.id)).toMatchObject({ outcome: 'refused', why: 'yourself' })
    expect(await tie(guest, allocated.account.id)).toMatchObject({
      outcome: 'refused',
      why: 'not-yours-to-decide',
    })
    expect(await tie(allocated, guest.account.id, 'meeting', 60)).toMatchObject({
      outcome: 'refused',
      why: 'too-long',
    })
    const made = await tie(allocated, guest.account.id)
    expect(made).toMatchObject({ outcome: 'allowed' })
    expect(await openRecord(db.app, guest, child, { purpose })).toMatchObject({
      allowed: true,
      rule: 'meeting',
      level: 'summary',
    })
    await call('end_tie', allocated.secret, made.id)
    expect(await openRecord(db.app, guest, child, { purpose })).toMatchObject({ allowed: false })
    // An audit sample is not the auditor's to choose.
    const auditor = await signedIn(db, { roles: ['A-QA'] })
    expect(await tie(auditor, auditor.account.id, 'sampled-audit')).toMatchObject({ outcome: 'refused' })

    const cover = (who: Session, account: string) =>
      call<{ outcome: string; why: string | null }>(
        'make_cover',
        who.secret,
        allocated.account.id,
        account,
        sql`current_date`,
        sql`current_date + 5`,
      )
    expect(await cover(guest, guest.account.id)).toMatchObject({ outcome: 'refused', why: 'yourself' })
    expect(await cover(guest, auditor.account.id)).toMatchObject({
      outcome: 'refused',
      why: 'not-yours-to-decide',
    })
    expect(await cover(manager, guest.account.id)).toMatchObject({ outcome: 'allowed' })
    expect(await openRecord(db.app, guest, child, { purpose })).toMatchObject({
      allowed: true,
      rule: 'cover',
    })
  })

  test('emergency access while the glass is somebody else’s', async () => {
    const { child } = await aChildWithWorker()
    const [session, other] = [
      await signedIn(db, { roles: ['A-SW'] }),
      await signedIn(db, { roles: ['A-SW'] }),
    ]
    const { id } = await breakGlass(session, child)
    expect(
      await call('break_glass_to_write', other.secret, id, 'The plan has to be written up tonight.'),
    ).toEqual({ break_glass_to_write: false })
    expect(await call('end_break_glass', other.secret, id)).toEqual({ end_break_glass: false })
    expect(await openRecord(db.app, other, child, { purpose })).toMatchObject({ allowed: false })
  })
})
