import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openRecords } from '../access/opening.ts'
import { writing } from '../access/reading.ts'
import { inRun, openRun } from '../access/runs.ts'
import { paths as caseworkPaths } from '../casework/paths.ts'
import type { AnswerValue } from '../forms/answering.ts'
import { questionsOf } from '../forms/definition.ts'
import { inForce } from '../forms/definitions-store.ts'
import { formsOfWork, keepAnswer } from '../forms/forms-store.ts'
import { paths as formPaths } from '../forms/paths.ts'
import { collectionNamed } from '../returns/cin-census/collection.ts'
import { readChild } from '../returns/cin-census/read.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { aChild, fact } from '../testing/factories.ts'
import { aTeam, signedIn } from '../testing/signed-in.ts'
import { involve } from '../testing/ties.ts'
import { aHouse, mainWords, Visitor } from '../testing/visitor.ts'
import { areas as every } from '../web/areas.ts'
import type { Session } from '../web/session.ts'
import { paths } from './paths.ts'
import { reviewForm } from './review-form.ts'

/* A child in need plan from its beginning to its end, through the pages. */

let db: TestDatabase
let samSession: Session
let sam: Visitor
let mel: Visitor
let outsider: Visitor
let ana: string
let plan: string
let clock = '2026-05-20T10:00:00Z'

beforeAll(async () => {
  db = await testDatabase()
  const house = await aHouse(db, {
    areas: every.filter(({ name }) => name !== 'access'),
    now: () => new Date(clock),
  })
  const team = await aTeam(db)
  samSession = await signedIn(db, { name: 'Sam Okoro', roles: ['A-SW'], teams: [team] })
  sam = new Visitor(house, samSession)
  mel = new Visitor(house, await signedIn(db, { name: 'Mel Ward', roles: ['A-TM'], teams: [team] }))
  outsider = new Visitor(
    house,
    await signedIn(db, { name: 'Olu Far', roles: ['A-SW'], teams: [await aTeam(db)] }),
  )
  ana = await aChild(db.owner, { forename: 'Ana', surname: 'Thwaite', born: '2014-05-02' })
  await involve(db, ana, { account: samSession.account.id })
  await involve(db, ana, { team })
  await fact(db.owner, 'referral', {
    ...{ person_id: ana, referral_date: '2026-03-16', referral_nfa: false },
    ...{ referral_source_code: '2A', cin_primary_need_code: 'N1' },
  })
}, 60_000)
afterAll(() => db?.close())

const rowsOf = async <T>(query: ReturnType<typeof sql<T>>) => (await query.execute(db.owner)).rows
const words = async (who: Visitor, url: string) => mainWords((await who.get(url)).body)
const due = (id: string) =>
  rowsOf(sql<{ on: string; state: string }>`
    select due_on as "on", state from record.due where person_id = ${ana} and clock = ${id} order by due_on`)

/** Writes a review and sends it to be signed; the work it is. */
async function reviewed(answers: Record<string, AnswerValue>): Promise<string> {
  const begun = await sam.post(formPaths.begin({ person: ana, form: reviewForm }), {
    on: clock.slice(0, 10).split('-').reverse().join('/'),
  })
  expect(begun.statusCode, mainWords(begun.body)).toBe(303)
  const work = /forms\/([0-9a-f-]{36})\/write/.exec(String(begun.headers.location))![1]!
  await openRecords(db.app, samSession, [ana], {
    ...{ purpose: 'a test', groups: ['F01', 'F12', 'F28'], action: 'write' },
  })
  await writing(db.app, samSession, async (trx) => {
    const version = (await inForce(trx, reviewForm))!
    const [row] = await formsOfWork(trx, work)
    for (const question of questionsOf(version.form)) {
      const value =
        answers[question.key] ??
        (question.kind === 'one-of'
          ? question.options![0]!.value
          : question.kind === 'table'
            ? [{ [question.columns![0]!.key]: 'School run' }]
            : question.kind === 'date'
              ? undefined
              : 'Said')
      await keepAnswer(
        trx,
        row!,
        version,
        question,
        value === undefined ? undefined : { value, shared: false },
      )
    }
  })
  return work
}
const submit = (work: string) => sam.post(formPaths.review({ person: ana, work }), { words: '' })
const sign = (work: string, decision: string) =>
  mel.post(caseworkPaths.signing({ person: ana, work }), { decision, words: 'As it says' })

test('a manager begins it on the open case, written down late, and its clocks run', async () => {
  expect((await sam.get(paths.planNew({ person: ana }))).statusCode).toBe(403)
  expect((await outsider.get(paths.need({ person: ana }))).statusCode).toBe(403)
  const early = await mel.post(paths.planNew({ person: ana }), { on: '1/3/2026' })
  expect(mainWords(early.body)).toContain('The referral came later')
  const begun = await mel.post(paths.planNew({ person: ana }), { on: '18/5/2026' })
  expect(begun.statusCode, mainWords(begun.body)).toBe(303)
  plan = /plans\/([0-9a-f-]{36})/.exec(String(begun.headers.location))![1]!
  expect(await due('CINR-01')).toEqual([{ on: '2026-06-29', state: 'open' }])
  expect(mainWords((await mel.post(paths.planNew({ person: ana }), { on: 'today' })).body)).toContain(
    'has one at a time',
  )
  expect(await words(sam, paths.need({ person: ana }))).toContain('First child in need review')
})

test('written by the worker; the family’s copy leaves out what is not theirs; what is taken out stays as history', async () => {
  const url = paths.planWrite({ person: ana, plan })
  const body = {
    need: 'Sleep and breakfast\n[not for parents] The neighbour rings us',
    outcome: 'In school each day',
    'action[0][words]': 'Breakfast club',
    'action[0][who]': 'School',
    'action[0][due]': '1/6/2026',
  }
  expect((await outsider.get(url)).statusCode).toBe(403)
  expect(mainWords((await sam.post(url, { ...body, 'action[0][who]': '' })).body)).toContain(
    'Say who does it',
  )
  expect((await sam.post(url, body)).statusCode).toBe(303)
  const here = paths.plan({ person: ana, plan })
  expect(await words(sam, here)).toContain('The neighbour rings us')
  const family = await words(sam, `${here}?for=family`)
  expect(family).toContain('Breakfast club School 1 Jun 2026')
  expect(family).not.toContain('neighbour')
  expect((await sam.get(url)).body).toContain('[not for parents] The neighbour rings us')
  clock = '2026-05-21T10:00:00Z'
  expect((await sam.post(url, { ...body, need: 'Sleep' })).statusCode).toBe(303)
  expect(await words(sam, here)).toContain('What it said before')
  const lines = await rowsOf(sql<{ n: number }>`
    select count(*)::int as n from record.cin_plan_line where part = 'action' or to_day is not null`)
  expect(lines).toEqual([{ n: 3 }])
})

test('a review counts when it is signed, and its actions take the place of the plan’s', async () => {
  clock = '2026-06-25T10:00:00Z'
  const work = await reviewed({
    'held-on': '2026-06-24',
    'next-review': '2026-09-16',
    'new-actions': [{ action: 'Dentist', who: 'Mum', by: '10/7/2026' }],
  })
  expect((await submit(work)).statusCode).toBe(303)
  expect((await sign(work, 'returned')).statusCode).toBe(303)
  expect(await rowsOf(sql`select from record.cin_plan_review`)).toHaveLength(0)
  expect((await submit(work)).statusCode).toBe(303)
  const signed = await sign(work, 'authorised')
  expect(signed.statusCode, mainWords(signed.body)).toBe(303)
  expect(await due('CINR-01')).toEqual([{ on: '2026-06-29', state: 'met' }])
  const family = await words(sam, `${paths.plan({ person: ana, plan })}?for=family`)
  expect(family).toContain('Dentist Mum 10 Jul 2026')
  expect(family).not.toContain('Breakfast club')
  expect(family).toContain('The plan goes on as it is')
})

test('the plan ends by what a review says, never before one that was held, and the census has its days', async () => {
  const end = paths.planEnd({ person: ana, plan })
  expect((await sam.get(end)).statusCode).toBe(403)
  const early = await mel.post(end, { on: '23/6/2026', reason: 'moved', words: 'x' })
  expect(mainWords(early.body)).toContain('A review was held after that day')
  clock = '2026-09-17T10:00:00Z'
  const work = await reviewed({ 'held-on': '2026-09-16', outcome: 'closes' })
  expect((await submit(work)).statusCode).toBe(303)
  expect((await sign(work, 'authorised')).statusCode).toBe(303)
  expect(await words(sam, paths.plan({ person: ana, plan }))).toContain('What was needed is met')
  expect((await mel.post(end, { on: 'today', reason: 'moved', words: 'x' })).statusCode).toBe(409)
  const run = await openRun(db.jobs, { purpose: 'test of the census', population: 'one child' })
  const [local] = await rowsOf(sql<{ value: string }>`
    select value from record.person_identifier where person_id = ${ana} and kind = 'la-child-id'`)
  const one = await inRun(db.jobs, run, (trx) => readChild(trx, collectionNamed('2026-27')!, local!.value))
  expect((one!.CINdetails as never as [Record<string, unknown>])[0].CINPlanDates).toEqual([
    { CINPlanStartDate: '2026-05-18', CINPlanEndDate: '2026-09-17' },
  ])
})
