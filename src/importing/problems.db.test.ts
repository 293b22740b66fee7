import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { writing } from '../access/reading.ts'
import { migrateQueue } from '../database/queue.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { aChild, fact } from '../testing/factories.ts'
import { Altered, bring, countRows, own } from '../testing/importing.ts'
import { signedIn } from '../testing/signed-in.ts'
import { restricted } from '../testing/ties.ts'
import { aHouse, mainWords, Visitor } from '../testing/visitor.ts'
import type { Session } from '../web/session.ts'
import { importing as area } from './area.ts'
import {
  candidatesOf,
  decideWho,
  dismiss,
  findProblem,
  inWorkspace,
  listProblems,
  type ProblemRow,
  putRight,
} from './problem-store.ts'
import { retryProblem } from './retrying.ts'

let db: TestDatabase
let altered: Altered
let analyst: Session
beforeEach(async () => {
  db = await testDatabase()
  altered = new Altered()
  await migrateQueue(db.urls.jobs)
  analyst = await signedIn(db, { roles: ['A-PERF'] })
})
afterEach(async () => {
  altered.remove()
  await db.close()
})

const list = (session = analyst): Promise<ProblemRow[]> =>
  inWorkspace(db.app, session, 'test', async (trx) => {
    const { problems } = await listProblems(trx, { limit: 100, offset: 0 })
    return { result: problems, shown: problems.map(({ person_id }) => person_id) }
  })

/** Edits a problem's held row and tries it. @returns how it stands afterwards */
async function mend(problem: ProblemRow, change: Record<string, string>): Promise<ProblemRow> {
  const rows = problem.rows.map((row) =>
    row.kind === 'held' ? { ...row, values: { ...row.values, ...change } } : row,
  )
  await writing(db.app, analyst, (trx) => putRight(trx, analyst, problem.id, rows))
  await retryProblem(db.jobs, problem.id)
  return inWorkspace(db.app, analyst, 'test', async (trx) => ({
    result: (await findProblem(trx, problem.id))!,
    shown: [],
  }))
}

const badPlan = (text: string) => text.replace(/<CPPstartDate>2[^<]*</, '<CPPstartDate>2024-02-31<')

describe('a problem put right', () => {
  test('is entered with what waited for it, under a run of its own', async () => {
    await bring(db, 'cin-census', own.census)
    const whole = await countRows(db)
    await db.close()
    db = await testDatabase()
    await migrateQueue(db.urls.jobs)
    analyst = await signedIn(db, { roles: ['A-PERF'] })

    await bring(db, 'cin-census', altered.file(own.census, badPlan))
    const [problem, ...more] = await list()
    expect(more).toEqual([])
    expect(problem).toMatchObject({
      table_name: 'ChildProtectionPlans',
      state: 'open',
      reason: 'CPPstartDate: ‘2024-02-31’ is not a day that the calendar has',
    })
    expect(problem!.rows.map(({ table, kind }) => [table, kind])).toContainEqual(['CINdetails', 'above'])
    const mended = await mend(problem!, { CPPstartDate: '24/10/2024' })
    expect(mended).toMatchObject({ state: 'mended', decider: 'Ade Worker' })
    const { importing, ...facts } = Object.fromEntries(
      Object.entries(await countRows(db)).filter(([table]) => table !== 'importing.problem'),
    )
    expect(facts).toEqual(whole)

    // The file comes again, with its mistake: what was put right stays.
    const again = await bring(db, 'cin-census', altered.file(own.census, badPlan))
    expect(again).toMatchObject({ created: 0, updated: 0, withdrawn: 0, problems: [] })
    // And a later, right file still updates it.
    const later = altered.file(own.census, (text) =>
      text
        .replace(/<CPPstartDate>2[^<]*</, '<CPPstartDate>2024-10-24<')
        .replace(/<LatestCategoryOfAbuse>[A-Z]*</, '<LatestCategoryOfAbuse>MUL<'),
    )
    expect(await bring(db, 'cin-census', later)).toMatchObject({ updated: 1, withdrawn: 0 })
  })

  test('with another mistake is open again and says it', async () => {
    await bring(db, 'cin-census', altered.file(own.census, badPlan))
    const [problem] = await list()
    const again = await mend(problem!, { CPPstartDate: '2024-10-24', InitialCategoryOfAbuse: 'BAD' })
    expect(again.state).toBe('open')
    expect(again.reason).toMatch(/InitialCategoryOfAbuse: ‘BAD’/)
  })

  test('an overlapping episode moved apart works care out anew', async () => {
    const dirty = altered.files(own.care, {
      'episodes.csv': (text) => text.concat('FELL0009,01/05/2024,S,C2,N1,U6,PR1,01/06/2024,E8,,,,\n'),
    })
    await bring(db, 'ssda903', dirty)
    const before = await countRows(db)
    const [problem] = await list()
    expect(await mend(problem!, { DECOM: '01/12/2024', DEC: '01/01/2025' })).toMatchObject({
      state: 'mended',
    })
    const after = await countRows(db)
    expect(after.period_of_care! - before.period_of_care!).toBe(1)
    expect(after.placement! - before.placement!).toBe(1)
  })

  test('a child whose number was another’s comes in under its own', async () => {
    await bring(
      db,
      'cin-census',
      altered.file(own.census, (text) => text.replace('<LAchildID>FELL0002<', '<LAchildID>FELL0001<')),
    )
    const [problem] = await list()
    expect(problem!.reason).toMatch(/further up in this file/)
    const rows = problem!.rows.map((row) =>
      row.values.LAchildID ? { ...row, values: { ...row.values, LAchildID: 'FELL0002' } } : row,
    )
    await writing(db.app, analyst, (trx) => putRight(trx, analyst, problem!.id, rows))
    await retryProblem(db.jobs, problem!.id)
    expect((await countRows(db)).person).toBe(9)
    expect((await list())[0]!.state).toBe('mended')
  })
})

describe('who may', () => {
  test('without the workspace, or as anybody else, there is nothing to see', async () => {
    await bring(db, 'cin-census', altered.file(own.census, badPlan))
    const { rows } = await sql`select * from importing.problem`.execute(db.app)
    expect(rows).toEqual([])
    const worker = await signedIn(db, { roles: ['A-SW', 'A-ADM'] })
    await expect(list(worker)).rejects.toThrow()
    const [problem] = await list()
    await expect(
      writing(db.app, worker, (trx) => dismiss(trx, worker, problem!.id, 'I say so')),
    ).rejects.toThrow()
    await expect(sql`update importing.problem set state = 'mended'`.execute(db.app)).rejects.toThrow(
      /permission/,
    )
  })

  test('opening, putting right and dismissing are on the trail', async () => {
    await bring(db, 'cin-census', altered.file(own.census, badPlan))
    const [problem] = await list()
    expect(
      await writing(db.app, analyst, (trx) =>
        dismiss(trx, analyst, problem!.id, 'A child of another authority'),
      ),
    ).toBe(true)
    expect(await writing(db.app, analyst, (trx) => dismiss(trx, analyst, problem!.id, 'Once more'))).toBe(
      false,
    )
    const { rows } = await sql<{ action: string }>`
      select payload ->> 'action' as action from audit.trail where actor = ${analyst.account.id} order by at`.execute(
      db.owner,
    )
    expect(rows.map(({ action }) => action)).toEqual([
      'sign-in',
      'list',
      'search-hit',
      'import problem dismissed',
    ])
    expect((await list())[0]).toMatchObject({ state: 'dismissed', words: 'A child of another authority' })
  })
})

describe('somebody who is like somebody in the record', () => {
  const heading = 'local_id,forename,surname,date_of_birth,sex,postcode,related_to,relationship\n'
  const fileOf = (rows: string) => {
    const path = join(altered.folder, 'people.csv')
    writeFileSync(path, heading + rows)
    return path
  }
  /** Decides for the one open problem, and does what waits for it. */
  const decide = async (problem: ProblemRow, person: string | null) => {
    expect(await writing(db.app, analyst, (trx) => decideWho(trx, analyst, problem, person))).toBe(true)
    const { rows } = await sql<{
      id: string
    }>`select id from importing.problem where state = 'retrying' order by id`.execute(db.owner)
    for (const { id } of rows) await retryProblem(db.jobs, id)
  }
  const peopleCalled = async (surname: string) =>
    Number(
      (
        await sql<{
          n: string
        }>`select count(distinct person_id) as n from record.person_name where surname = ${surname}`.execute(
          db.owner,
        )
      ).rows[0]!.n,
    )
  const open = async () => (await list()).filter(({ state }) => state === 'open')

  test('waits; decided to be the same it comes in under that person, what names it too, and the next file asks nothing', async () => {
    const known = await aChild(db.owner, {
      forename: 'Katarzyna',
      surname: 'Wolska',
      born: '2012-03-04',
      localId: 'L1',
    })
    const rows = 'X1,Katarzina,Wolska,2012-03-04,F,FX1 2AB,,\nX2,Piotr,Wolska,2010-01-01,M,,X1,sister\n'
    const { problems } = await bring(db, 'people', fileOf(rows))
    expect(problems.map(({ reason }) => reason)).toEqual([
      'May be somebody whom the record knows already: somebody decides whether it is the same person',
      'related_to: nobody has the number ‘X1’',
    ])
    expect(await peopleCalled('Wolska')).toBe(2)
    const problem = (await open()).find(({ candidates }) => candidates)!
    expect(problem.candidates).toEqual([known])
    const cards = await candidatesOf(db.app, analyst, problem.id, 'test')
    expect(cards).toMatchObject([{ id: known, name: 'Katarzyna Wolska', born: '2012-03-04', localId: 'L1' }])
    await decide(problem, known)
    expect((await open()).map(({ reason }) => reason)).toEqual(['related_to: nobody has the number ‘X1’'])
    const { rows: numbers } =
      await sql`select kind, value from record.person_identifier where person_id = ${known} order by 1`.execute(
        db.owner,
      )
    expect(numbers).toEqual([
      { kind: 'la-child-id', value: 'L1' },
      { kind: 'legacy-id', value: 'X1' },
    ])
    expect((await bring(db, 'people', fileOf(rows))).problems).toEqual([])
    expect(await peopleCalled('Wolska')).toBe(2)
  })

  test('decided to be somebody else it comes in as somebody new, on file as told apart; whoever is like them later is asked about', async () => {
    const known = await aChild(db.owner, { forename: 'Adam', surname: 'Sarwar', born: '2015-06-07' })
    const rows = 'Y1,Adam,Sarwar,2015-07-06,M,,,\n'
    await bring(db, 'people', fileOf(rows))
    const [problem] = await open()
    expect(problem!.candidates).toEqual([known])
    await decide(problem!, null)
    expect(await open()).toEqual([])
    expect(await peopleCalled('Sarwar')).toBe(2)
    const { rows: apart } = await sql`select other_person_id, occasion from record.told_apart`.execute(
      db.owner,
    )
    expect(apart).toEqual([{ other_person_id: known, occasion: 'importing' }])
    expect((await bring(db, 'people', fileOf(rows))).problems).toEqual([])
  })

  test('twins, people of the same file and those the source calls otherwise are not asked about; nor anybody restricted', async () => {
    await aChild(db.owner, { forename: 'Ana', surname: 'Marsh', born: '2016-02-02' })
    const hidden = await aChild(db.owner, { forename: 'Oskar', surname: 'Prior', born: '2016-02-02' })
    await restricted(db, hidden, 2)
    const { problems } = await bring(
      db,
      'people',
      fileOf(
        'Z1,Ewa,Marsh,2016-02-02,F,,,\nZ2,Noor,Aziz,2011-01-01,F,,,\nZ3,Nour,Aziz,2011-01-01,F,,,\nZ4,Oskar,Prior,2016-02-02,M,,,\n',
      ),
    )
    expect(problems).toEqual([])
    const again = await bring(db, 'people', fileOf('Z5,Noor,Aziz,2011-01-01,F,,,\n'))
    expect(again.problems).toEqual([])
  })

  test('a number of theirs is enough, whatever the name; who decides must be an analyst and choose one of those shown', async () => {
    const known = await aChild(db.owner, { forename: 'Ola', surname: 'Bright', born: '2016-02-02' })
    const other = await aChild(db.owner, {})
    await fact(db.owner, 'person_identifier', { person_id: known, kind: 'nhs-number', value: '9990000018' })
    const path = join(altered.folder, 'people.csv')
    writeFileSync(
      path,
      'local_id,forename,surname,date_of_birth,nhs_number\nW1,Tola,Wright,2001-01-01,9990000018\n',
    )
    await bring(db, 'people', path)
    const [problem] = await open()
    expect(problem!.candidates).toEqual([known])
    const tried = (session: Session, person: string | null) =>
      writing(db.app, session, (trx) => decideWho(trx, session, problem!, person))
    expect(await tried(analyst, other)).toBe(false)
    await expect(tried(await signedIn(db, { roles: ['A-TM'] }), known)).rejects.toThrow()
    await restricted(db, known, 2)
    expect(await candidatesOf(db.app, analyst, problem!.id, 'test')).toEqual([])
    expect(await tried(analyst, known)).toBe(false)
  })

  test('the page holds the file beside the record, and files what was decided', async () => {
    const known = await aChild(db.owner, {
      forename: 'Leila',
      surname: 'Haddad',
      born: '2012-03-04',
      localId: 'L9',
    })
    await bring(db, 'people', fileOf('V1,Layla,Haddad,2012-03-04,F,FX1 2AB,,\n'))
    const [problem] = await open()
    const house = await aHouse(db, { areas: [area] })
    const visitor = new Visitor(house, analyst)
    const page = `/import-problems/${problem!.id}`
    const { body } = await visitor.get(page)
    expect(mainWords(body)).toMatch(
      /In the file Name Layla Haddad Born 4 Mar 2012 .* In the record Name Leila Haddad Born 4 Mar 2012 .* Number L9/,
    )
    const none = await visitor.post(`${page}/who-it-is`, {}, { page })
    expect(mainWords(none.body)).toContain('Choose one of them, or that it is somebody else')
    const decided = await visitor.post(`${page}/who-it-is`, { who: known }, { page })
    expect(decided.headers.location).toBe(page)
    expect(mainWords((await visitor.get(page)).body)).toContain('Being tried again')
    await house.close()
  })
})
