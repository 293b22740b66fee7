import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openRecords } from '../access/opening.ts'
import { writing } from '../access/reading.ts'
import { inRun, openRun } from '../access/runs.ts'
import { paths as caseworkPaths } from '../casework/paths.ts'
import type { AnswerValue } from '../forms/answering.ts'
import { type Question, questionsOf } from '../forms/definition.ts'
import { inForce } from '../forms/definitions-store.ts'
import { formsOfWork, keepAnswer } from '../forms/forms-store.ts'
import { paths as formPaths } from '../forms/paths.ts'
import { decideReferrals } from '../front-door/contact-store.ts'
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
import { formKey } from './store.ts'

/* A sister and a brother assessed together: written down late, returned once, with another outcome for each. */

let db: TestDatabase
let samSession: Session
let melSession: Session
let sam: Visitor
let mel: Visitor
let outsider: Visitor
let team: string
let ana: string
let ben: string
let work: string
let clock = '2026-03-27T10:00:00Z'

beforeAll(async () => {
  db = await testDatabase()
  const house = await aHouse(db, {
    areas: every.filter(({ name }) => name !== 'access'),
    now: () => new Date(clock),
  })
  team = await aTeam(db)
  samSession = await signedIn(db, { name: 'Sam Okoro', roles: ['A-SW'], teams: [team] })
  melSession = await signedIn(db, { name: 'Mel Ward', roles: ['A-TM'], teams: [team] })
  sam = new Visitor(house, samSession)
  mel = new Visitor(house, melSession)
  outsider = new Visitor(
    house,
    await signedIn(db, { name: 'Olu Far', roles: ['A-SW'], teams: [await aTeam(db)] }),
  )
  ana = await referred('Ana', '2014-05-02')
  ben = await referred('Ben', '2016-08-11')
  await fact(db.owner, 'relationship', { person_id: ana, other_person_id: ben, kind: 'sibling' })
}, 60_000)
afterAll(() => db?.close())

/** A child Sam works with, referred on 16 March: the day from which 45 working days end on 21 May (practice 18.4). */
async function referred(forename: string, born: string): Promise<string> {
  const child = await aChild(db.owner, { forename, surname: 'Thwaite', born })
  await involve(db, child, { account: samSession.account.id })
  await involve(db, child, { team })
  await fact(db.owner, 'referral', {
    ...{ person_id: child, referral_date: '2026-03-16', referral_nfa: false },
    ...{ referral_source_code: '2A', cin_primary_need_code: 'N1' },
  })
  return child
}
const rowsOf = async <T>(query: ReturnType<typeof sql<T>>) => (await query.execute(db.owner)).rows
const due = (child: string, id: string) =>
  rowsOf(sql<{ on: string; state: string }>`
    select due_on as "on", state from record.due where person_id = ${child} and clock = ${id} order by due_on`)
const assessmentOf = async (child: string) =>
  (
    await rowsOf(sql<{
      id: string
      start: string
      authorised: string | null
      review: string | null
      outcome: string | null
    }>`
      select id, assessment_start_date as start, assessment_auth_date as authorised, assessment_internal_review_date as review,
             assessment_outcome as outcome
        from record.assessment where person_id = ${child} order by assessment_start_date desc, id desc`)
  )[0]!
const begin = (who: Visitor, child: string, on: string, others = '') =>
  who.post(formPaths.begin({ person: child, form: formKey }), { on, ...(others ? { others } : {}) })
const workIn = (answer: { headers: Record<string, unknown> }) =>
  /forms\/([0-9a-f-]{36})\/write/.exec(String(answer.headers.location))![1]!

/** Whatever has to be answered is, for each child; `of` says otherwise by question, undefined that it stays blank. */
async function fill(
  which: string,
  of: (child: string) => Record<string, AnswerValue | undefined>,
): Promise<void> {
  const usual = ({ kind, options, columns }: Question): AnswerValue =>
    kind === 'yes-no'
      ? 'yes'
      : kind === 'one-of'
        ? options![0]!.value
        : kind === 'table'
          ? [{ [columns![0]!.key]: '2026-03-20' }]
          : kind === 'several-of' || kind === 'code'
            ? []
            : 'Said and seen'
  await openRecords(db.app, samSession, [ana, ben], {
    purpose: 'a test',
    groups: ['F01', 'F12', 'F23', 'F28'],
    action: 'write',
  })
  await writing(db.app, samSession, async (trx) => {
    const version = (await inForce(trx, formKey))!
    for (const row of await formsOfWork(trx, which)) {
      const own = of(row.person)
      for (const question of questionsOf(version.form)) {
        const value =
          question.key in own ? own[question.key] : question.required ? usual(question) : undefined
        await keepAnswer(
          trx,
          row,
          version,
          question,
          value === undefined ? undefined : { value, shared: false },
        )
      }
    }
  })
}
const needed = {
  'ends-here': 'no',
  'outside-harm': 'no',
  factors: ['3B', '16A'],
  recommendation: ['child-in-need-plan', 'strategy-discussion'],
}
const ended = {
  'ends-here': 'yes',
  'outside-harm': 'no',
  factors: ['21'],
  recommendation: ['no-further-action'],
}
const said = (child: string) => (child === ana ? needed : ended)
const submit = (which = work) => sam.post(formPaths.review({ person: ana, work: which }), { words: '' })
const signing = (child: string, which = work) => caseworkPaths.signing({ person: child, work: which })

describe('beginning', () => {
  test('one for both, written down late: it counts from the referral, and so do its clocks', async () => {
    expect(mainWords((await sam.get(paths.assessments({ person: ana }))).body)).toContain(
      'Begin an assessment',
    )
    const early = await begin(sam, ana, '15/3/2026', ben)
    expect([early.statusCode, mainWords(early.body)]).toEqual([
      422,
      expect.stringContaining('The referral came later'),
    ])
    const begun = await begin(sam, ana, '26/3/2026', ben)
    expect(begun.statusCode, mainWords(begun.body)).toBe(303)
    work = workIn(begun)
    for (const child of [ana, ben]) {
      expect((await assessmentOf(child)).start).toBe('2026-03-16')
      expect(await due(child, 'ASM-01')).toEqual([{ on: '2026-05-21', state: 'open' }])
      expect(await due(child, 'ASM-02')).toEqual([{ on: '2026-03-30', state: 'open' }])
    }
  })

  test('not a second one beside it, not without a referral, not by whoever has no business with the child', async () => {
    expect(mainWords((await begin(sam, ben, 'today')).body)).toContain('is open already')
    const stranger = await aChild(db.owner, { forename: 'Cal', surname: 'Thwaite', born: '2012-01-01' })
    await involve(db, stranger, { account: samSession.account.id })
    expect(mainWords((await begin(sam, stranger, 'today')).body)).toContain(
      'No referral of this child is open',
    )
    for (const url of [
      paths.assessments({ person: ana }),
      formPaths.begin({ person: ana, form: formKey }),
      paths.stop({ person: ana, assessment: (await assessmentOf(ana)).id }),
    ])
      expect((await outsider.get(url)).statusCode).toBe(403)
  })

  test('what the referral decided begins it for whoever takes the child, once', async () => {
    const dee = await referred('Dee', '2013-02-02')
    const { rows } = await sql<{
      id: string
    }>`select id from record.referral where person_id = ${dee}`.execute(db.owner)
    const decided = {
      ...{ outcomes: ['assessment'] as const, reason: 'Worries at school', account: melSession.account.id },
      ...{ today: '2026-03-17', team: null, worker: null },
    }
    for (const _ of [1, 2]) {
      await openRecords(db.app, melSession, [dee], {
        purpose: 'a test',
        groups: ['F11', 'F12'],
        action: 'write',
      })
      await writing(db.app, melSession, (trx) => decideReferrals(trx, [rows[0]!.id], decided))
    }
    const all = await rowsOf(sql<{ start: string }>`
      select assessment_start_date as start from record.assessment where person_id = ${dee}`)
    expect(all).toEqual([{ start: '2026-03-16' }])
    expect(await due(dee, 'ASM-01')).toEqual([{ on: '2026-05-21', state: 'open' }])
    const begun = await begin(sam, dee, 'today')
    expect(begun.statusCode, mainWords(begun.body)).toBe(303)
    expect(await rowsOf(sql`select from record.assessment where person_id = ${dee}`)).toHaveLength(1)
  })
})

describe('review points', () => {
  test('a manager says how it goes on; the clock is met and the next day is the census’s', async () => {
    const url = paths.review({ person: ana, assessment: (await assessmentOf(ana)).id })
    const body = { on: '27/3/2026', seen: 'yes', decided: 'go-on', words: 'See Dad next' }
    expect((await sam.get(url)).statusCode).toBe(403)
    expect(mainWords((await mel.post(url, body)).body)).toContain('when you look at it next')
    expect((await mel.post(url, { ...body, next: '20/4/2026' })).statusCode).toBe(303)
    expect((await assessmentOf(ana)).review).toBe('2026-04-20')
    expect(await due(ana, 'ASM-02')).toContainEqual({ on: '2026-03-30', state: 'met' })
    expect(mainWords((await sam.get(paths.assessments({ person: ana }))).body)).toContain('See Dad next')
  })
})

describe('signing', () => {
  test('not with the second parent blank, nor not known without what was tried', async () => {
    clock = '2026-05-18T10:00:00Z'
    await fill(work, (child) => ({ ...said(child), 'father-part': undefined }))
    const blank = await submit()
    expect([blank.statusCode, mainWords(blank.body)]).toEqual([
      422,
      expect.stringContaining('Ben Thwaite: The father, or second parent'),
    ])
    expect(await rowsOf(sql`select from record.sign_off`)).toHaveLength(0)
    await fill(work, (child) => ({ ...said(child), 'father-part': 'not-known' }))
    const tried = await submit()
    expect([tried.statusCode, mainWords(tried.body)]).toEqual([
      422,
      expect.stringContaining('say what was done to reach them'),
    ])
    await fill(work, (child) => ({
      ...said(child),
      'father-part': 'not-known',
      'parent-absent': 'Birth certificate and both grandmothers asked',
    }))
    expect((await submit()).statusCode).toBe(303)
  })

  test('the manager finds it on My work; returned, nothing is written and the clock runs on', async () => {
    expect(mainWords((await mel.get(caseworkPaths.toSign())).body)).toContain('Child and family assessment')
    expect((await outsider.get(signing(ana))).statusCode).toBe(403)
    expect((await sam.post(signing(ana), { decision: 'authorised', words: 'x' })).statusCode).not.toBe(303)
    const page = mainWords((await mel.get(signing(ana))).body)
    expect(page).toContain('Child in need plan')
    expect(page).toContain('RC8')
    expect(
      (await mel.post(signing(ana), { decision: 'returned', words: 'Say more of school' })).statusCode,
    ).toBe(303)
    for (const child of [ana, ben]) {
      expect(await assessmentOf(child)).toMatchObject({ authorised: null, outcome: null })
      expect(await due(child, 'ASM-01')).toEqual([{ on: '2026-05-21', state: 'open' }])
    }
    expect(await rowsOf(sql`select from record.assessment_factor`)).toHaveLength(0)
    expect(await rowsOf(sql`select from record.cin_plan`)).toHaveLength(0)
    expect(mainWords((await sam.get(paths.assessments({ person: ana }))).body)).toContain('Being written')
  })

  test('signed, the outcome of each leads on: a plan for the sister, and the brother’s case closes', async () => {
    clock = '2026-05-20T10:00:00Z'
    expect((await submit()).statusCode).toBe(303)
    const signed = await mel.post(signing(ana), { decision: 'authorised', words: 'Clear for both' })
    expect(signed.statusCode, mainWords(signed.body)).toBe(303)
    expect(await due(ana, 'ASM-01')).toEqual([{ on: '2026-05-21', state: 'met' }])
    const page = mainWords((await sam.get(paths.assessments({ person: ana }))).body)
    expect(page).toContain('Child in need plan; Strategy discussion')
    expect(page).toContain('Call a strategy discussion')
    expect(
      await rowsOf(
        sql`select close_date as "on", close_reason as reason from record.referral where person_id in (${ana}, ${ben}) order by 1`,
      ),
    ).toEqual([
      { on: '2026-05-20', reason: 'RC8' },
      { on: null, reason: null },
    ])
  })

  test('the census says of both what a hand-written list says', async () => {
    const run = await openRun(db.jobs, { purpose: 'test of the census', population: 'two children' })
    const told = async (child: string) => {
      const [local] = await rowsOf(sql<{ value: string }>`
        select value from record.person_identifier where person_id = ${child} and kind = 'la-child-id'`)
      const one = await inRun(db.jobs, run, (trx) =>
        readChild(trx, collectionNamed('2026-27')!, local!.value),
      )
      const [{ Assessments, CINPlanDates, CINclosureDate, ReasonForClosure }] = one!.CINdetails as never as [
        Record<string, unknown>,
      ]
      return { Assessments, CINPlanDates, CINclosureDate, ReasonForClosure }
    }
    expect(await told(ana)).toEqual({
      Assessments: [
        {
          AssessmentActualStartDate: '2026-03-16',
          AssessmentInternalReviewDate: '2026-04-20',
          AssessmentAuthorisationDate: '2026-05-20',
          FactorsIdentifiedAtAssessment: { AssessmentFactors: ['3B', '16A'] },
        },
      ],
      CINPlanDates: [{ CINPlanStartDate: '2026-05-20' }],
      CINclosureDate: undefined,
      ReasonForClosure: undefined,
    })
    expect(await told(ben)).toEqual({
      Assessments: [
        {
          AssessmentActualStartDate: '2026-03-16',
          AssessmentAuthorisationDate: '2026-05-20',
          FactorsIdentifiedAtAssessment: { AssessmentFactors: ['21'] },
        },
      ],
      CINPlanDates: undefined,
      CINclosureDate: '2026-05-20',
      ReasonForClosure: 'RC8',
    })
  })

  test('another one on the open case counts from the day it was decided', async () => {
    clock = '2026-09-01T10:00:00Z'
    const begun = await begin(sam, ana, '31/8/2026')
    expect(begun.statusCode, mainWords(begun.body)).toBe(303)
    expect((await assessmentOf(ana)).start).toBe('2026-08-31')
  })
})

describe('not finished', () => {
  test('the family moved: said by the worker, over when a manager signed it; returned it goes on', async () => {
    const { id } = await assessmentOf(ana)
    const url = paths.stop({ person: ana, assessment: id })
    const died = await sam.post(url, { because: 'died', on: 'today', words: 'x' })
    expect(mainWords(died.body)).toContain('Record that first')
    for (const decision of ['returned', 'authorised']) {
      const sent = await sam.post(url, { because: 'moved', on: 'today', words: 'To Leeds, who were told' })
      expect(sent.statusCode, mainWords(sent.body)).toBe(303)
      expect((await assessmentOf(ana)).authorised).toBeNull()
      expect(mainWords((await mel.get(signing(ana, id))).body)).toContain('To Leeds, who were told')
      expect((await mel.post(signing(ana, id), { decision, words: 'As said' })).statusCode).toBe(303)
      const page = mainWords((await sam.get(paths.assessments({ person: ana }))).body)
      expect(page).toContain(decision === 'returned' ? 'Being written' : 'The family moved away')
    }
    expect((await assessmentOf(ana)).authorised).toBe('2026-09-01')
    expect((await sam.post(url, { because: 'moved', on: 'today', words: 'x' })).statusCode).toBe(422)
  })
})
