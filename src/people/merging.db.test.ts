import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openList, openRecord } from '../access/opening.ts'
import { reading, writing } from '../access/reading.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { aChild, aFamily, anEpisodeOfNeed, fact } from '../testing/factories.ts'
import { runs } from '../testing/property-runs.ts'
import { anAccount, aSession, aTeam, signedIn } from '../testing/signed-in.ts'
import { involve, restricted } from '../testing/ties.ts'
import type { Session } from '../web/session.ts'
import * as store from './merging-store.ts'

/** Joining two records of one person, and parting them again (docs/decisions/merging-moves-nothing.md). */

let db: TestDatabase
let team: string
let otherTeam: string
let manager: Session
let head: Session
let worker: Session
let duty: Session

beforeAll(async () => {
  db = await testDatabase()
  const service = await aTeam(db)
  team = await aTeam(db, service)
  otherTeam = await aTeam(db, service)
  manager = await signedIn(db, { name: 'Bilal Aziz', roles: ['A-TM'], teams: [team] })
  head = await signedIn(db, { name: 'Hana Price', roles: ['A-SM'], teams: [service] })
  worker = await signedIn(db, { name: 'Sam Okoro', roles: ['A-SW'], teams: [team] })
  duty = await signedIn(db, { name: 'Dee Lowe', roles: ['A-DUTY'] })
})
afterAll(() => db?.close())

const rows = async <T = Record<string, unknown>>(query: ReturnType<typeof sql>) =>
  (await (query as ReturnType<typeof sql<T>>).execute(db.owner)).rows

/** A child of the manager's team. */
async function ours(
  who: Parameters<typeof aChild>[1] = {},
  by: { account?: string; team?: string } = { team },
): Promise<string> {
  const child = await aChild(db.owner, who)
  await involve(db, child, by)
  return child
}
const merge = (session: Session, keeps: string, goes: string, more: Partial<store.Merge> = {}) =>
  writing(db.app, session, (trx) =>
    store.mergePeople(trx, session, {
      keeps,
      goes,
      take: [],
      differ: [],
      reason: 'the same child twice',
      ...more,
    }),
  )
const propose = (session: Session, one: string, other: string) =>
  writing(db.app, session, (trx) => store.proposeMerge(trx, session, one, other, 'same name and school'))
const apart = (session: Session, one: string, other: string) =>
  writing(db.app, session, (trx) => store.tellApart(trx, session, one, other, 'cousins'))
const aliasOf = async (goes: string) =>
  (
    await rows<{ id: string }>(
      sql`select id from record.person_alias where person_id = ${goes} order by from_at desc limit 1`,
    )
  )[0]!.id
const undo = async (session: Session, goes: string, choices: Record<string, string> = {}) => {
  const alias = await aliasOf(goes)
  return writing(db.app, session, (trx) =>
    store.undoMerge(trx, session, alias, choices, 'two children after all'),
  )
}
/** What came in since, as the page that undoes reads it. */
const since = async (session: Session, goes: string) => {
  await openRecord(db.app, session, goes, { purpose: 'undoing a merge' })
  const alias = await aliasOf(goes)
  return reading(db.app, session, (trx) => store.factsSince(trx, alias))
}
const liveAliases = async () =>
  Number(
    (await rows<{ n: string }>(sql`select count(*) as n from record.person_alias where to_at is null`))[0]!.n,
  )

describe('who may', () => {
  test('whoever has work with both proposes; a manager with both fully open merges; nobody else, and not to get at a record', async () => {
    const one = await ours({}, { account: worker.account.id })
    const other = await ours()
    const elsewhere = await ours({}, { team: otherTeam })
    const before = await liveAliases()
    expect(await propose(duty, one, other)).toBeUndefined()
    expect(await propose(worker, one, other)).toBe('proposed-already')
    expect(await propose(worker, one, elsewhere)).toBe('no-need')
    expect(await merge(worker, one, other)).toBe('no-need')
    expect(await merge(duty, one, other)).toBe('no-need')
    expect(await merge(manager, one, elsewhere)).toBe('no-need')
    expect(await merge(manager, elsewhere, one)).toBe('no-need')
    expect(await merge(manager, one, '11111111-1111-4111-8111-111111111111')).toBe('not-found')
    const both = await ours({}, { account: worker.account.id })
    expect(await merge(worker, one, both)).toBe('not-yours-to-decide')
    expect(await liveAliases()).toBe(before)
    expect(await merge(head, one, elsewhere)).toBeUndefined()
    expect(await merge(manager, one, other)).toBeUndefined()
    expect(await merge(manager, other, elsewhere)).toBe('already-one')
    // Whom nobody works with yet is taken on first: then all of the record is open.
    const fresh = await aChild(db.owner)
    expect(await merge(manager, one, fresh)).toBe('no-need')
    await involve(db, fresh, { team })
    expect(await merge(manager, one, fresh)).toBeUndefined()
    const told = await rows(
      sql`select kind from access.notice where to_account_id = ${worker.account.id} and kind = 'records-merged'`,
    )
    expect(told.length).toBeGreaterThan(0)
  })

  test('emergency access is no reason to merge', async () => {
    const one = await ours()
    const elsewhere = await ours({}, { team: otherTeam })
    await sql`insert into access.break_glass (account_id, person_id, reason, words, until_at, review_due)
              values (${manager.account.id}, ${elsewhere}, 'immediate-safety', 'a neighbour called just now', now() + interval '1 hour', current_date + 2)`.execute(
      db.owner,
    )
    expect((await openRecord(db.app, manager, elsewhere, { purpose: 'test' })).allowed).toBe(true)
    expect(await merge(manager, one, elsewhere)).toBe('no-need')
    expect(await propose(manager, one, elsewhere)).toBe('no-need')
  })

  test('what must not be known is as if it were not there; what is sealed is not merged by those who know it either', async () => {
    const one = await ours()
    const nobody = await merge(manager, one, '11111111-1111-4111-8111-111111111111')
    for (const level of [2, 3, 4] as const) {
      const hidden = await ours()
      await restricted(db, hidden, level)
      expect(await merge(manager, one, hidden)).toBe(nobody)
      expect(await propose(manager, one, hidden)).toBe(nobody)
      expect(await apart(manager, one, hidden)).toBe(nobody)
    }
    const adoption = await signedIn(db, { roles: ['A-ADO', 'A-TM'], teams: [team] })
    const sealed = await ours()
    await restricted(db, sealed, 3, { readers: [adoption.account.id] })
    const mine = await ours({}, { account: adoption.account.id })
    expect((await openRecord(db.app, adoption, sealed, { purpose: 'test' })).allowed).toBe(true)
    expect(await merge(adoption, mine, sealed)).toBe('sealed')
    expect(await propose(adoption, mine, sealed)).toBe('sealed')
  })

  test('a family is not one person; one’s own record, a relative’s and a declared connection’s stay closed', async () => {
    const { mother, children } = await aFamily(db.owner, {})
    for (const one of [mother, ...children]) await involve(db, one, { team })
    expect(await merge(manager, children[0]!, children[1]!)).toBe('related')
    expect(await merge(manager, children[0]!, mother)).toBe('related')
    const account = await anAccount(db, { roles: ['A-TM'], teams: [team] })
    await sql`update access.account set person_id = ${mother} where id = ${account}`.execute(db.owner)
    const relative = await aSession(db, account, ['A-TM'])
    const one = await ours()
    expect(await merge(relative, one, children[0]!)).toBe('relative')
    expect(await merge(relative, mother, one)).toBe('own-record')
  })

  test('the functions alone write: not the application, not by an alias of its own', async () => {
    const [one, other] = [await ours(), await ours()]
    for (const text of [
      sql`insert into record.person_alias (person_id, same_as, reason) values (${one}, ${other}, 'mine')`,
      sql`insert into record.merge_proposal (person_id, other_person_id, reason) values (${one}, ${other}, 'mine')`,
      sql`select record.settle_said_once(${one}, ${other}, '{}')`,
      sql`select foundation.move_fact('address', ${one}, 'person_id', ${other})`,
      sql`select * from record.facts_since(${one})`,
    ])
      await expect(writing(db.app, manager, (trx) => text.execute(trx))).rejects.toThrow()
    // What came in since a merge is read only while the record is open.
    expect(await merge(manager, one, other)).toBeUndefined()
    await fact(db.owner, 'address', { person_id: one, postcode: 'FX1 1AA', from_day: '2026-01-01' })
    const alias = await aliasOf(other)
    await sql`update access.opening set expires_at = clock_timestamp()`.execute(db.owner)
    expect(await reading(db.app, manager, (trx) => store.factsSince(trx, alias))).toEqual([])
    await openRecord(db.app, duty, other, { purpose: 'test' })
    const seen = await reading(db.app, duty, (trx) => store.factsSince(trx, alias))
    expect(seen.every(({ table, says }) => table !== 'address' || 'postcode' in says)).toBe(true)
    expect(await undo(duty, other, {})).toBe('no-need')
  })

  test('the stricter restriction holds for both; set meanwhile it stays on both when they are parted', async () => {
    const [one, other] = [await ours(), await ours({}, { account: worker.account.id })]
    expect(await merge(manager, one, other)).toBeUndefined()
    await restricted(db, one, 2, { readers: [manager.account.id] })
    expect(await openRecord(db.app, worker, other, { purpose: 'test' })).toMatchObject({ allowed: false })
    expect(await undo(manager, other)).toBeUndefined()
    for (const each of [one, other]) {
      expect(await openRecord(db.app, worker, each, { purpose: 'test' })).toMatchObject({ allowed: false })
      expect(await openRecord(db.app, manager, each, { purpose: 'test' })).toMatchObject({
        allowed: true,
        people: [each],
      })
    }
  })
})

describe('two records that are one', () => {
  test('are opened under either, found once, and are one child to the views; the second pupil number is a former one', async () => {
    const one = await ours({
      forename: 'Ines',
      surname: 'Calder',
      born: '2013-01-02',
      localId: 'IC1',
      sex: 'U',
      ethnicity: 'WBRI',
    })
    const other = await ours({
      forename: 'Inez',
      surname: 'Calder',
      born: '2013-02-01',
      localId: 'IC2',
      sex: 'F',
      ethnicity: 'WIRI',
    })
    await sql`delete from record.person_characteristics where person_id = ${one}`.execute(db.owner)
    for (const [child, upn] of [
      [one, 'A1'],
      [other, 'B2'],
    ] as const)
      await fact(db.owner, 'person_identifier', { person_id: child, kind: 'upn', value: upn })
    await anEpisodeOfNeed(db.owner, other, { from: '2026-09-01' })
    for (const [child, postcode] of [
      [one, 'FX1 1AA'],
      [other, 'FX2 2BB'],
    ] as const)
      await fact(db.owner, 'address', { person_id: child, kind: 'home', postcode, from_day: '2025-01-01' })
    expect(
      await merge(manager, one, other, { take: ['person.date_of_birth', 'name', 'home'], differ: ['home'] }),
    ).toBeUndefined()
    for (const id of [one, other]) {
      const opened = await openRecord(db.app, manager, id, { purpose: 'test' })
      expect(opened).toMatchObject({ allowed: true, people: expect.arrayContaining([one, other]) })
    }
    expect(
      await rows(
        sql`select name, date_of_birth::text as born, sex, badges, identifiers @> '{IC1,IC2,A1,B2}' as numbers from record.index_card where person_id = ${one}`,
      ),
    ).toEqual([
      { name: 'Inez Calder', born: '2013-02-01', sex: 'F', badges: ['child-in-need'], numbers: true },
    ])
    expect(
      await rows(sql`select pers_person_id, pers_dob::text, pers_sex, pers_upn, pers_ethnicity, pers_surname from ssd.ssd_person
                           where pers_person_id in ('IC1', 'IC2')`),
    ).toEqual([
      {
        pers_person_id: 'IC1',
        pers_dob: '2013-02-01',
        pers_sex: 'F',
        pers_upn: 'A1',
        pers_ethnicity: 'WIRI',
        pers_surname: 'Calder',
      },
    ])
    expect(
      await rows(sql`select cine_person_id from ssd.ssd_cin_episodes where cine_person_id in ('IC1', 'IC2')`),
    ).toEqual([{ cine_person_id: 'IC1' }])
    expect(
      await rows(
        sql`select kind, value from record.person_identifier where person_id in (${one}, ${other}) and kind like '%upn' order by 1`,
      ),
    ).toEqual([
      { kind: 'former-upn', value: 'B2' },
      { kind: 'upn', value: 'A1' },
    ])
    expect(
      await rows(
        sql`select postcode from record.address where person_id in (${one}, ${other}) and to_day is null`,
      ),
    ).toEqual([{ postcode: 'FX2 2BB' }])
    expect(
      await rows(sql`select kind from record.event where person_id = ${other} and kind like 'records-%'`),
    ).toEqual([{ kind: 'records-merged' }])

    expect(await undo(manager, other)).toBeUndefined()
    expect(
      await rows(
        sql`select date_of_birth::text as born, sex from record.person where id in (${one}, ${other}) order by 1`,
      ),
    ).toEqual([
      { born: '2013-01-02', sex: 'U' },
      { born: '2013-02-01', sex: 'F' },
    ])
    expect(await rows(sql`select from record.person_characteristics where person_id = ${one}`)).toEqual([])
    expect(
      await rows(
        sql`select kind from record.event where person_id = ${other} and kind like 'records-%' order by 1`,
      ),
    ).toEqual([{ kind: 'records-merged' }, { kind: 'records-parted' }])
    expect(
      (await rows(sql`select pers_person_id from ssd.ssd_person where pers_person_id in ('IC1', 'IC2')`))
        .length,
    ).toBe(2)
    expect(await undo(manager, other)).toBe('over')
    // Parted, they are not proposed to each other again.
    expect(await rows(sql`select occasion from record.told_apart where person_id = ${other}`)).toEqual([
      { occasion: 'undoing' },
    ])
  })

  test('nothing is undone until every fact since has an answer; what hangs on an older fact goes with it, an import’s stays', async () => {
    const [one, other] = [await ours(), await ours()]
    const { referral } = await anEpisodeOfNeed(db.owner, other, { from: '2026-02-01' })
    expect(await merge(manager, one, other)).toBeUndefined()
    const assessment = await fact(db.owner, 'assessment', {
      person_id: one,
      referral_id: referral,
      assessment_start_date: '2026-03-01',
    })
    const factor = await fact(db.owner, 'assessment_factor', {
      person_id: one,
      assessment_id: assessment,
      assessment_factor: '1A',
    })
    const address = await fact(db.owner, 'address', {
      person_id: one,
      kind: 'home',
      address_lines: '1 Refuge Row',
      from_day: '2026-05-01',
    })
    const [{ id: run }] = (await rows<{ id: string }>(
      sql`insert into importing.run (source, files) values ('people', '{x.csv}') returning id`,
    )) as [{ id: string }]
    const brought = await fact(db.owner, 'contact_detail', {
      person_id: one,
      kind: 'mobile',
      value: '07700900999',
      import_run_id: run,
    })
    const third = await ours()
    const tie = await fact(db.owner, 'relationship', {
      person_id: third,
      other_person_id: one,
      kind: 'sister',
    })
    const asked = await since(manager, other)
    const of = (id: string) => asked.find(({ fact: each }) => each === id)
    expect(of(assessment)).toMatchObject({ settled: other, under: null })
    expect(of(factor)).toMatchObject({ settled: null, under: assessment })
    expect(of(brought)).toMatchObject({ settled: one })
    expect(of(address)).toMatchObject({ settled: null, under: null, whose: 'person_id' })
    expect(of(tie)).toMatchObject({ settled: null, whose: 'other_person_id' })
    expect(asked).toHaveLength(5)
    expect(await undo(manager, other, {})).toBe('undecided')
    expect(
      await undo(manager, other, {
        [`address:${address}:person_id`]: other,
        [`relationship:${tie}:other_person_id`]: third,
      }),
    ).toBe('undecided')
    await sql`update record.address set address_lines = '2 Refuge Row' where id = ${address}`.execute(
      db.owner,
    )
    expect(
      await undo(manager, other, {
        [`address:${address}:person_id`]: other,
        [`relationship:${tie}:other_person_id`]: other,
      }),
    ).toBeUndefined()
    const whose = await rows(sql`
      select 'assessment' as what, person_id from record.assessment where id = ${assessment}
      union all select 'factor', person_id from record.assessment_factor where id = ${factor}
      union all select 'address', person_id from record.address where id = ${address}
      union all select 'tie', other_person_id from record.relationship where id = ${tie}
      union all select 'brought', person_id from record.contact_detail where id = ${brought} order by 1`)
    expect(whose).toEqual([
      { what: 'address', person_id: other },
      { what: 'assessment', person_id: other },
      { what: 'brought', person_id: one },
      { what: 'factor', person_id: other },
      { what: 'tie', person_id: other },
    ])
    // Nothing of it is left behind, not as it stood before either.
    expect(
      await rows(
        sql`select address_lines from history.address where person_id = ${one} and address_lines like '%Refuge%'`,
      ),
    ).toEqual([])
    expect(
      (
        await rows(
          sql`select from history.address where person_id = ${other} and address_lines like '%Refuge%'`,
        )
      ).length,
    ).toBe(2)
    expect(await rows(sql`select person_id from record.event where fact_id = ${address}`)).toEqual([
      { person_id: other },
    ])
  })

  test('what was opened while they were one is closed when they are parted, and when they are joined', async () => {
    const [one, other] = [await ours({ name: 'Wren One' }), await ours({ name: 'Wren Two' })]
    const names = () =>
      reading(db.app, manager, async (trx) =>
        (
          await sql<{
            name: string
          }>`select full_name as name from person_name where person_id in (${one}, ${other}) order by 1`.execute(
            trx,
          )
        ).rows.map(({ name }) => name),
      )
    await openRecord(db.app, manager, one, { purpose: 'test' })
    expect(await names()).toEqual(['Wren One'])
    expect(await merge(manager, one, other)).toBeUndefined()
    expect(await names()).toEqual([])
    await openRecord(db.app, manager, one, { purpose: 'test' })
    expect(await names()).toEqual(['Wren One', 'Wren Two'])
    expect(await undo(manager, other)).toBeUndefined()
    expect(await names()).toEqual([])
    await openRecord(db.app, manager, one, { purpose: 'test' })
    expect(await names()).toEqual(['Wren One'])
  })

  test('a note written while they were one goes with its paragraphs', async () => {
    const [one, other] = [await ours(), await ours()]
    expect(await merge(manager, one, other)).toBeUndefined()
    const note = await fact(db.owner, 'case_note', {
      person_id: one,
      kind: 'telephone',
      note_date: '2026-11-01',
    })
    const paragraph = await fact(db.owner, 'note_paragraph', {
      person_id: one,
      case_note_id: note,
      place: 0,
      part: 'happened',
      words: 'Rang the school',
    })
    expect(await undo(manager, other, { [`case_note:${note}:person_id`]: other })).toBeUndefined()
    expect(await rows(sql`select person_id from record.note_paragraph where id = ${paragraph}`)).toEqual([
      { person_id: other },
    ])
    expect(
      await rows(
        sql`select person_id from history.note_paragraph where id = ${paragraph} and person_id <> ${other}`,
      ),
    ).toEqual([])
  })

  test('what cannot stand side by side is refused, and nothing is parted', async () => {
    const [one, other] = [await ours(), await ours({}, { account: worker.account.id })]
    expect(await merge(manager, one, other)).toBeUndefined()
    const second = await involve(db, one, { account: manager.account.id })
    const tried = (to: string) => undo(manager, other, { [`involvement:${second}:person_id`]: to })
    await expect(tried(other)).rejects.toMatchObject({ code: 'CA011' })
    expect(await openRecord(db.app, manager, one, { purpose: 'test' })).toMatchObject({
      people: expect.arrayContaining([one, other]),
    })
    expect(await tried(one)).toBeUndefined()
  })

  test('three that are one come apart one by one', async () => {
    const [one, two, three] = [await ours(), await ours(), await ours()]
    expect(await merge(manager, two, three)).toBeUndefined()
    expect(await merge(manager, one, two)).toBeUndefined()
    expect(await undo(manager, two)).toBeUndefined()
    expect(await openRecord(db.app, manager, one, { purpose: 'test' })).toMatchObject({ people: [one] })
    expect(await openRecord(db.app, manager, three, { purpose: 'test' })).toMatchObject({
      people: expect.arrayContaining([two, three]),
    })
  })
})

describe('whatever was recorded before, between and after', () => {
  type Side = 0 | 1
  interface Doing {
    readonly table: 'address' | 'person_name' | 'contact_detail' | 'hazard' | 'person_identifier'
    readonly side: Side
    readonly again: boolean
    readonly stays: boolean
  }
  const side = fc.constantFrom<Side>(0, 1)
  const doing: fc.Arbitrary<Doing> = fc.record({
    table: fc.constantFrom('address', 'person_name', 'contact_detail', 'hazard', 'person_identifier'),
    side,
    again: fc.boolean(),
    stays: fc.boolean(),
  })
  const about = fc.record({
    born: fc.constantFrom(null, '2014-05-06', '2014-06-05'),
    sex: fc.constantFrom('F', 'M', 'U'),
  })
  const plan = fc.record({
    about: fc.tuple(about, about),
    before: fc.array(doing, { maxLength: 5 }),
    between: fc.array(doing, { maxLength: 6 }),
    after: fc.array(doing, { maxLength: 3 }),
    changedBirth: fc.boolean(),
    birthStays: fc.boolean(),
    take: fc.subarray(['person.date_of_birth', 'person.sex', 'name', 'home']),
    home: fc.boolean(),
  })
  let told = 0
  const say = () => {
    told += 1
    return `said ${told}`
  }
  const rowFor = (table: Doing['table'], said: string) =>
    ({
      address: { kind: 'home', address_lines: said, from_day: '2025-01-01' },
      person_name: { kind: 'legal', full_name: said },
      contact_detail: { kind: 'mobile', value: said },
      hazard: { kind: 'other', words: said, from_day: '2025-01-01' },
      person_identifier: { kind: 'upn', value: said },
    })[table]
  const said: Record<Doing['table'], string> = {
    address: 'address_lines',
    person_name: 'full_name',
    contact_detail: 'value',
    hazard: 'words',
    person_identifier: 'value',
  }
  /** Everything that is said of a person, without when and by whom. */
  const factsOf = async (person: string) => {
    const all: unknown[] = await rows(
      sql`select sex, date_of_birth::text, date_of_birth_estimated, expected_date_of_birth, died_on from record.person where id = ${person}`,
    )
    for (const table of Object.keys(said))
      all.push(
        ...(await rows<{ row: unknown }>(sql`
          select ${table} || ': ' || (to_jsonb(t) - '{id,person_id,recorded_at,recorded_by,import_run_id,import_place,field_group}'::text[])::text as row
            from ${sql.table(`record.${table}`)} t where t.person_id = ${person} order by 1`)),
      )
    return all
  }

  test('after undoing, each person’s facts are what they would have been, and nothing of the other stands in what stood before', async () => {
    await fc.assert(
      fc.asyncProperty(
        plan,
        async ({ about, before, between, after, changedBirth, birthStays, take, home }) => {
          // Two who are merged and parted, and two who never were.
          const people = async () => {
            const made: string[] = []
            for (const { born, sex } of about) {
              const id = await fact(db.owner, 'person', { date_of_birth: born, sex })
              await involve(db, id, { team })
              made.push(id)
            }
            return made as [string, string]
          }
          const [real, model] = [await people(), await people()]
          const choices: Record<string, string> = {}
          const earlier: { table: Doing['table']; said: string }[] = []
          const owner = new Map<string, Side>()
          const change = async (table: Doing['table'], was: string, now: string, who: readonly string[]) =>
            sql`update ${sql.table(`record.${table}`)} set ${sql.ref(said[table])} = ${now}
               where ${sql.ref(said[table])} = ${was} and person_id in (${sql.join([...who])})`.execute(
              db.owner,
            )

          for (const { table, side } of before) {
            const words = say()
            owner.set(words, side)
            earlier.push({ table, said: words })
            for (const pair of [real, model])
              await fact(db.owner, table, { person_id: pair[side], ...rowFor(table, words) })
          }
          expect(
            await merge(manager, real[0], real[1], { take, differ: home ? ['home'] : [] }),
          ).toBeUndefined()
          for (const { table, side, again, stays } of between) {
            const old = again && earlier.pop()
            const words = say()
            if (old) {
              const own = owner.get(old.said)!
              owner.set(words, stays ? own : own === 0 ? 1 : 0)
              const [changed] = await rows<{
                id: string
              }>(sql`select id from ${sql.table(`record.${old.table}`)} where ${sql.ref(said[old.table])} = ${old.said}
               and person_id in (${real[0]}, ${real[1]})`)
              choices[`${old.table}:${changed!.id}:person_id`] = stays ? 'stays' : 'before'
              await change(old.table, old.said, words, real)
              if (stays) {
                // What the merge had made of it stays with the change: the kind of a name, the end of a home.
                const [row] = await rows<{ row: Record<string, unknown> }>(
                  sql`select to_jsonb(t) as row from ${sql.table(`record.${old.table}`)} t where t.id = ${changed!.id}`,
                )
                await change(old.table, old.said, words, model)
                for (const column of ['kind', 'to_day'])
                  if (row && column in row.row)
                    await sql`update ${sql.table(`record.${old.table}`)} set ${sql.ref(column)} = ${row.row[column] as string | null}
                             where ${sql.ref(said[old.table])} = ${words} and person_id in (${model[0]}, ${model[1]})`.execute(
                      db.owner,
                    )
              }
            } else {
              owner.set(words, side)
              const id = await fact(db.owner, table, { person_id: real[0], ...rowFor(table, words) })
              choices[`${table}:${id}:person_id`] = real[side]
              await fact(db.owner, table, { person_id: model[side], ...rowFor(table, words) })
              if (stays) {
                owner.set(`${words} again`, side)
                await change(table, words, `${words} again`, real)
                await change(table, words, `${words} again`, model)
              }
            }
          }
          if (changedBirth) {
            choices[`person:${real[0]}:id`] = birthStays ? 'stays' : 'before'
            const [{ sex }] = (await rows<{ sex: string }>(
              sql`update record.person set date_of_birth = '2001-01-01', died_on = '2026-01-01' where id = ${real[0]} returning sex::text`,
            )) as [{ sex: string }]
            if (birthStays)
              await sql`update record.person set date_of_birth = '2001-01-01', died_on = '2026-01-01', sex = ${sex} where id = ${model[0]}`.execute(
                db.owner,
              )
          }
          expect(await undo(manager, real[1], choices)).toBeUndefined()
          for (const { table, side } of after) {
            const words = say()
            owner.set(words, side)
            for (const pair of [real, model])
              await fact(db.owner, table, { person_id: pair[side], ...rowFor(table, words) })
          }
          for (const one of [0, 1] as const)
            expect(await factsOf(real[one])).toEqual(await factsOf(model[one]))
          for (const table of Object.keys(said) as Doing['table'][])
            for (const one of [0, 1] as const) {
              const stood = await rows<{ said: string }>(sql`
              select ${sql.ref(said[table])} as said from ${sql.table(`history.${table}`)} where person_id = ${real[one]}
              union select ${sql.ref(said[table])} from ${sql.table(`record.${table}`)} where person_id = ${real[one]}`)
              for (const each of stood) expect(owner.get(each.said), each.said).toBe(one)
            }
        },
      ),
      { numRuns: runs(8) },
    )
  })
})

describe('who may be somebody else too', () => {
  test('is listed for whose work it is; told apart, related or merged they are not asked about again', async () => {
    const mine = await signedIn(db, { roles: ['A-TM'], teams: [await aTeam(db)] })
    const [{ team_id: own }] = (await rows<{ team_id: string }>(
      sql`select team_id from access.membership where account_id = ${mine.account.id}`,
    )) as [{ team_id: string }]
    const child = await ours({ name: 'Rosalind Farrow', born: '2011-09-03' }, { team: own })
    const misspelt = await ours({ name: 'Rosalynd Farrow', born: '2011-09-03' }, { team: own })
    const swapped = await ours({ name: 'Rosalind Farrow', born: '2011-03-09' }, { team: otherTeam })
    await aChild(db.owner, { name: 'Rowan Farrow', born: '2011-09-03' })
    const hidden = await aChild(db.owner, { name: 'Rosalind Farrow', born: '2011-09-03' })
    await restricted(db, hidden, 2)
    const pairs = async () => {
      await openList(db.app, mine, 'search', { purpose: 'looking for duplicates' })
      const found = await reading(db.app, mine, (trx) => store.likelyPairs(trx, mine, 20))
      return found.map(({ one, other, why }) => [new Set([one, other]), why])
    }
    expect(await pairs()).toEqual([
      [new Set([child, swapped]), 'day'],
      [new Set([child, misspelt]), 'alike'],
    ])
    expect(await apart(mine, child, swapped)).toBe('no-need')
    expect(await apart(duty, child, swapped)).toBeUndefined()
    expect(await pairs()).toEqual([[new Set([child, misspelt]), 'alike']])
    expect(await propose(duty, child, misspelt)).toBeUndefined()
    expect(await apart(duty, child, misspelt)).toBeUndefined()
    expect(
      await rows(
        sql`select outcome, words from record.merge_proposal where ${child} in (person_id, other_person_id)`,
      ),
    ).toEqual([{ outcome: 'two-people', words: 'cousins' }])
    expect(await pairs()).toEqual([])
  })

  test('a proposal is another’s to refuse only for a manager of both, who sees it listed', async () => {
    const [one, other] = [await ours(), await ours()]
    expect(await propose(duty, one, other)).toBeUndefined()
    const again = await signedIn(db, { roles: ['A-DUTY'] })
    expect(await apart(again, one, other)).toBe('no-need')
    const listed = async (session: Session) =>
      (await store.proposals(db.app, session))
        .filter((each) => [each.one, each.other].includes(one))
        .map(({ mine, mayDecide }) => ({ mine, mayDecide }))
    expect(await listed(manager)).toEqual([{ mine: false, mayDecide: true }])
    expect(await listed(duty)).toEqual([{ mine: true, mayDecide: false }])
    const stranger = await signedIn(db, { roles: ['A-TM'], teams: [otherTeam] })
    expect(await listed(stranger)).toEqual([])
    expect(await apart(manager, one, other)).toBeUndefined()
    expect(await listed(manager)).toEqual([])
    expect(
      await rows(
        sql`select kind from access.notice where to_account_id = ${duty.account.id} and kind = 'merge-decided'`,
      ),
    ).toHaveLength(1)
  })
})

test('a record of which only a corner is open, as of a child nobody works with yet, is joined to none', async () => {
  const known = await ours({ forename: 'Ola', surname: 'Nord' })
  const unallocated = await aChild(db.owner, { forename: 'Ola', surname: 'Nord' })
  await anEpisodeOfNeed(db.owner, unallocated, { from: '2026-10-01' })
  const opened = await openRecord(db.app, manager, unallocated, { purpose: 'allocating' })
  expect(opened).toMatchObject({ allowed: true, groups: expect.not.arrayContaining(['F03']) })
  expect(await merge(manager, known, unallocated)).toBe('no-need')
  expect(await merge(manager, unallocated, known)).toBe('no-need')
  await involve(db, unallocated, { team })
  expect(await merge(manager, known, unallocated)).toBeUndefined()
})
