import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { writing } from '../access/reading.ts'
import { migrateQueue } from '../database/queue.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { Altered, bring, countRows, own } from '../testing/importing.ts'
import { signedIn } from '../testing/signed-in.ts'
import type { Session } from '../web/session.ts'
import {
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
