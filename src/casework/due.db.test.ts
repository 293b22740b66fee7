import { CompiledQuery, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mustOpenRecord, openList } from '../access/opening.ts'
import { reading, writing } from '../access/reading.ts'
import { endRun, inRun, openRun } from '../access/runs.ts'
import { writeClocks } from '../clocks/seed.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { aChild, aPeriodOfCare, fact } from '../testing/factories.ts'
import { bring, own } from '../testing/importing.ts'
import { aTeam, signedIn } from '../testing/signed-in.ts'
import { involve } from '../testing/ties.ts'
import { countAll, countWaiting } from './count-dues.ts'
import { dueCounts, dueList, duesOf, earlierDueDays, nextDue } from './due-store.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db?.close())

const quiet = { info() {}, error() {} }
const tools = () => ({ db: db.jobs, read: db.jobs, log: quiet, signal: undefined })
const counting = () => countWaiting.run(undefined, tools())

interface Row {
  clock: string
  started_on: string
  due_on: string | null
  state: string
  late: boolean
}
const due = async (person: string, clock = '%') =>
  (
    await sql<Row>`
      select clock, started_on, due_on, state, late from record.due
       where person_id = ${person} and clock like ${clock} order by clock, started_on`.execute(db.owner)
  ).rows
const short = ({ clock, due_on, state, late }: Row) => `${clock} ${due_on} ${state}${late ? ' late' : ''}`

async function aWorkerWith(child: string) {
  const session = await signedIn(db, { roles: ['A-SW'] })
  await involve(db, child, { account: session.account.id })
  return session
}

describe('what is due is counted in the transaction of the fact', () => {
  test('a worker who writes finds it counted; one who may not see the group finds nothing', async () => {
    const child = await aChild(db.owner)
    const session = await aWorkerWith(child)
    await mustOpenRecord(db.app, session, child, { purpose: 'writing', groups: ['F13'], action: 'write' })
    await writing(db.app, session, (trx) =>
      write(trx, 'section_47', { person_id: child, s47_start_date: '2026-03-24' }),
    )
    expect((await due(child, 'ICPC-01')).map(short)).toEqual(['ICPC-01 2026-04-16 open'])

    await mustOpenRecord(db.app, session, child, { purpose: 'reading', groups: ['F13'] })
    const seen = await reading(db.app, session, (trx) => duesOf(trx, [child]))
    expect(seen.map(({ clock }) => clock).sort()).toEqual(['ICPC-01', 'S47-01'])
    const other = await signedIn(db, { roles: ['A-SW'] })
    expect(await reading(db.app, other, (trx) => duesOf(trx, [child]))).toEqual([])
  })

  test('all of the child’s events count, whatever the writer’s opening covers', async () => {
    const child = await aChild(db.owner)
    const enquiry = await fact(db.owner, 'section_47', { person_id: child, s47_start_date: '2026-03-24' })
    await counting()
    const session = await aWorkerWith(child)
    await mustOpenRecord(db.app, session, child, { purpose: 'writing', groups: ['F09'], action: 'write' })
    await writing(db.app, session, (trx) =>
      write(trx, 'initial_conference', { person_id: child, icpc_date: '2026-04-20', section_47_id: enquiry }),
    )
    expect((await due(child, 'ICPC-01')).map(short)).toEqual(['ICPC-01 2026-04-16 met late'])
  })

  test('a transaction that fails counts nothing, and nobody may count who was not touched', async () => {
    const child = await aChild(db.owner)
    await counting()
    const session = await aWorkerWith(child)
    await counting()
    await mustOpenRecord(db.app, session, child, { purpose: 'writing', groups: ['F13'], action: 'write' })
    await expect(
      writing(db.app, session, async (trx) => {
        await write(trx, 'section_47', { person_id: child, s47_start_date: '2026-03-24' })
        throw new Error('changed my mind')
      }),
    ).rejects.toThrow('changed my mind')
    expect(await due(child)).toEqual([])
    await expect(
      writing(db.app, session, (trx) =>
        sql`select clocks.settle(array[${child}]::uuid[], '[]')`.execute(trx),
      ),
    ).rejects.toThrow()
    await expect(sql`insert into record.due (person_id) values (${child})`.execute(db.app)).rejects.toThrow(
      'permission denied',
    )
    await expect(sql`select * from clocks.heard(array[${child}]::uuid[])`.execute(db.app)).rejects.toThrow(
      'permission denied',
    )
    await expect(
      sql`select * from clocks.heard_in_run(array[${child}]::uuid[])`.execute(db.jobs),
    ).rejects.toThrow('needs a run')
  })

  test('two who write about one child at once are counted together', async () => {
    const child = await aChild(db.owner)
    const [one, other] = [await aWorkerWith(child), await signedIn(db, { roles: ['A-SW'] })]
    await involve(db, child, { account: other.account.id }, { kind: 'co-working' })
    await counting()
    const open = (session: typeof one, groups: string[]) =>
      mustOpenRecord(db.app, session, child, { purpose: 'writing', groups, action: 'write' })
    await open(one, ['F13'])
    await open(other, ['F12'])
    await Promise.all([
      writing(db.app, one, (trx) =>
        write(trx, 'section_47', { person_id: child, s47_start_date: '2026-03-24' }),
      ),
      writing(db.app, other, (trx) =>
        write(trx, 'assessment', { person_id: child, assessment_start_date: '2026-03-16' }),
      ),
    ])
    expect((await due(child)).map(({ clock }) => clock)).toEqual([
      ...['ASM-01', 'ASM-02', 'ICPC-01', 'S47-01'],
    ])
    expect((await sql`select from clocks.touched where person_id = ${child}`.execute(db.owner)).rows).toEqual(
      [],
    )
  })
})

/** A fact written as a page writes it, in its transaction. */
// biome-ignore lint/suspicious/noExplicitAny: as Connection
async function write(trx: any, table: string, row: Record<string, unknown>): Promise<void> {
  await trx.insertInto(table).values(row).execute()
}

describe('a job counts what runs wrote, and what the day changes', () => {
  test('an import, a change that is no event, and an entry taken away', async () => {
    await bring(db, 'cin-census', own.census)
    await counting()
    const { rows } = await sql<{ clock: string; n: number }>`
      select clock, count(*) as n from record.due where state = 'open' group by 1 order by 1`.execute(
      db.owner,
    )
    expect(rows.map(({ clock }) => clock)).toEqual(expect.arrayContaining(['ASM-01', 'CPR-01', 'ICPC-01']))
    expect((await sql`select from clocks.touched`.execute(db.owner)).rows).toEqual([])

    const child = await aChild(db.owner)
    const enquiry = await fact(db.owner, 'section_47', {
      person_id: child,
      s47_start_date: '2026-03-24',
      s47_end_date: '2026-04-02',
    })
    await counting()
    expect((await due(child, 'ICPC-01')).map(short)).toEqual(['ICPC-01 2026-04-16 open'])
    await sql`update record.section_47 set icpc_not_required = true where id = ${enquiry}`.execute(db.owner)
    await counting()
    expect((await due(child, 'ICPC-01')).map(short)).toEqual(['ICPC-01 2026-04-16 met'])
    await sql`delete from record.section_47 where id = ${enquiry}`.execute(db.owner)
    await counting()
    expect(await due(child)).toEqual([])
  })

  test('10: a bank holiday that is proclaimed moves what is open, keeps the day before it, and leaves what was done', async () => {
    const child = await aChild(db.owner)
    await fact(db.owner, 'section_47', { person_id: child, s47_start_date: '2026-09-10' })
    await fact(db.owner, 'assessment', {
      person_id: child,
      assessment_start_date: '2026-08-03',
      assessment_auth_date: '2026-10-05',
    })
    await counting()
    const before = await due(child)
    await sql`insert into clocks.bank_holiday (day, name) values ('2026-09-18', 'For a test')`.execute(
      db.owner,
    )
    await countAll.run(undefined, tools())
    const after = await due(child)
    expect(after.find(({ clock }) => clock === 'ICPC-01')!.due_on).toBe('2026-10-02')
    expect(after.find(({ clock }) => clock === 'ASM-01')).toEqual(
      before.find(({ clock }) => clock === 'ASM-01'),
    )
    const session = await aWorkerWith(child)
    await mustOpenRecord(db.app, session, child, { purpose: 'reading', groups: ['F13'] })
    const earlier = await reading(db.app, session, (trx) => earlierDueDays(trx, [child]))
    expect(
      [...earlier.values()]
        .flat()
        .map(({ dueOn }) => dueOn)
        .sort(),
    ).toEqual(['2026-09-24', '2026-10-01'])
    await sql`delete from clocks.bank_holiday`.execute(db.owner)
    await countAll.run(undefined, tools())
    expect(await due(child)).toEqual(before)
  })

  test('9: a corrected date of birth counts what is open anew and leaves what was completed', async () => {
    const child = await aChild(db.owner, { born: '2009-03-03' })
    await aPeriodOfCare(db.owner, child, [{ from: '2024-01-08' }])
    await fact(db.owner, 'involvement', {
      person_id: child,
      kind: 'personal-adviser',
      worker_name: 'Pat Adviser',
      from_day: '2025-03-20',
    })
    await counting()
    const before = await due(child, 'PTH-07%')
    expect(before.map(short)).toContain('PTH-07a 2025-03-03 met late')
    await sql`update record.person set date_of_birth = '2009-06-03' where id = ${child}`.execute(db.owner)
    await counting()
    expect((await due(child, 'PTH-07a')).map(short)).toEqual(['PTH-07a 2025-03-03 met late'])
  })

  test('whoever is known under two ids has one set of clocks', async () => {
    const [one, other] = [await aChild(db.owner), await aChild(db.owner)]
    await fact(db.owner, 'section_47', { person_id: one, s47_start_date: '2026-03-24' })
    await counting()
    await fact(db.owner, 'person_alias', { person_id: other, same_as: one, reason: 'for a test' })
    await fact(db.owner, 'initial_conference', { person_id: other, icpc_date: '2026-04-14' })
    await counting()
    expect((await due(one, 'ICPC-01')).map(short)).toEqual(['ICPC-01 2026-04-16 met'])
    expect(await due(other, 'ICPC-01')).toEqual([])
  })

  test('counted again, nothing changes', async () => {
    const all = async () =>
      (await sql`select id, recorded_at, due_on, state from record.due order by id`.execute(db.owner)).rows
    const before = await all()
    const run = await openRun(db.jobs, { purpose: 'a test', population: 'everyone' })
    await inRun(db.jobs, run, (trx) =>
      sql`insert into clocks.touched (person_id) select distinct person_id from record.event`.execute(trx),
    ).catch(() => undefined)
    await endRun(db.jobs, run)
    await sql`insert into clocks.touched (person_id) select distinct person_id from record.event on conflict do nothing`.execute(
      db.owner,
    )
    await counting()
    expect(await all()).toEqual(before)
  })
})

test('when a version brings another list, everybody is counted by it', async () => {
  const client = {
    query: (text: string, values: unknown[] = []) => db.owner.executeQuery(CompiledQuery.raw(text, values)),
  }
  const waiting = async () =>
    (await sql<{ n: number }>`select count(*) as n from clocks.touched`.execute(db.owner)).rows[0]!.n
  await writeClocks(client)
  expect(await waiting()).toBe(0)
  await sql`update clocks.list set fingerprint = 'of an earlier version'`.execute(db.owner)
  await writeClocks(client)
  expect(await waiting()).toBeGreaterThan(3)
  await counting()
})

describe('an authority may tighten a statutory time and not loosen it', () => {
  const tighten = (clock: string, n: number, from = '2026-04-01') =>
    sql`insert into clocks.tightening (clock, place, n, from_day, reason) values (${clock}, 0, ${n}, ${from}, 'for a test')`.execute(
      db.owner,
    )

  test('the database refuses what is longer', async () => {
    await expect(tighten('ASM-01', 46)).rejects.toThrow('may not be longer')
    await expect(tighten('CINR-01', 13)).rejects.toThrow('may not be longer')
    await tighten('CG-02', 12)
    await tighten('ASM-01', 35)
    await expect(tighten('ASM-01', 30, '2026-05-01')).rejects.toThrow('tightening_one_at_a_time')
    const child = await aChild(db.owner)
    await fact(db.owner, 'assessment', { person_id: child, assessment_start_date: '2026-03-31' })
    await fact(db.owner, 'assessment', { person_id: child, assessment_start_date: '2026-04-01' })
    await counting()
    expect((await due(child, 'ASM-01')).map(({ due_on }) => due_on)).toEqual(['2026-06-08', '2026-05-26'])
    await sql`delete from clocks.tightening`.execute(db.owner)
  })
})

describe('the list of what is due', () => {
  const on = { today: '2026-05-01', now: new Date('2026-05-01T10:00Z') }
  const page = { sort: 'due', direction: 'ascending', perPage: 50, offset: 0 } as const

  test('shows a worker and a manager their own, as far as their role reaches', async () => {
    const team = await aTeam(db)
    const [mine, theirs, outside] = [await aChild(db.owner), await aChild(db.owner), await aChild(db.owner)]
    const worker = await signedIn(db, { roles: ['A-SW'], teams: [team] })
    const manager = await signedIn(db, { roles: ['A-TM'], teams: [team] })
    await involve(db, mine, { account: worker.account.id, team }, { kind: 'allocated' })
    await involve(db, theirs, { team })
    for (const child of [mine, theirs, outside]) {
      await fact(db.owner, 'section_47', { person_id: child, s47_start_date: '2026-03-24' })
      await fact(db.owner, 'assessment', { person_id: child, assessment_start_date: '2026-04-20' })
    }
    await counting()
    const list = async (session: typeof worker, wanted: Parameters<typeof dueList>[2], day = on) => {
      const opened = await openList(db.app, session, 'caseload', { purpose: 'a test' })
      expect(opened.allowed).toBe(true)
      return reading(db.app, session, async (trx) => ({
        ...(await dueList(trx, page, wanted, day)),
        counts: await dueCounts(trx, {}, on),
        next: await nextDue(trx, [mine], on),
      }))
    }
    const own = await list(worker, { account: worker.account.id, which: 'all' })
    expect(own.items.map(({ person, clock }) => [person, clock])).toEqual([
      [mine, 'S47-01'],
      [mine, 'ICPC-01'],
      [mine, 'ASM-02'],
      [mine, 'ASM-01'],
    ])
    expect(own.next.get(mine)).toMatchObject({ clock: 'S47-01', dueOn: '2026-04-09', late: true })
    const all = await list(manager, { which: 'late' })
    expect(new Set(all.items.map(({ person }) => person))).toEqual(new Set([mine, theirs]))
    expect(all.total).toBe(4)
    expect(all.counts).toEqual({ late: 4, soon: 2, all: 8, children: 2 })
    expect(
      (
        await list(manager, { which: 'all', escalated: 'assistant-director' }, { ...on, today: '2026-04-29' })
      ).items.map(({ clock }) => clock),
    ).toEqual(['S47-01', 'S47-01'])
    // Without the list being opened there is nothing, and a role that reads no enquiry sees none.
    expect(
      (
        await reading(db.app, await signedIn(db, { roles: ['A-TM'], teams: [team] }), (trx) =>
          dueList(trx, page, { which: 'all' }, on),
        )
      ).items,
    ).toEqual([])
    const adviser = await signedIn(db, { roles: ['A-PA'], teams: [team] })
    const reach = (
      await sql<{
        groups: string[]
      }>`select array_agg(distinct g) as groups from access.role_reach, unnest(groups) g where role = 'A-PA' and rule in ('team', 'advising')`.execute(
        db.owner,
      )
    ).rows[0]!.groups
    const seen = await list(adviser, { which: 'all' })
    expect(seen.items.every(({ clock }) => reach.includes(clock.startsWith('ASM') ? 'F12' : 'F13'))).toBe(
      true,
    )
  })
})
