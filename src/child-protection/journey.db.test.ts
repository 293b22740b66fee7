import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inRun, openRun } from '../access/runs.ts'
import { countWaiting } from '../casework/count-dues.ts'
import { textOf } from '../casework/papers/text-of.ts'
import { paths as caseworkPaths } from '../casework/paths.ts'
import { collectionNamed } from '../returns/cin-census/collection.ts'
import { readChild } from '../returns/cin-census/read.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { aChild, aPeriodOfCare, fact, someone } from '../testing/factories.ts'
import { aTeam, signedIn } from '../testing/signed-in.ts'
import { involve } from '../testing/ties.ts'
import { aHouse, mainWords, Visitor } from '../testing/visitor.ts'
import { areas as every } from '../web/areas.ts'
import type { Session } from '../web/session.ts'
import { paths } from './paths.ts'

/* The journey of a sister and a brother across Easter 2026, through the pages, as the people named. */

let db: TestDatabase
let sam: Visitor
let mel: Visitor
let hamid: Visitor
let samSession: Session
let hamidId: string
let team: string
let ana: string
let ben: string
let clock = '2026-03-24T09:00:00Z'
let outsider: Visitor
let clerk: Visitor
let clerkId: string

beforeAll(async () => {
  db = await testDatabase()
  const house = await aHouse(db, {
    areas: every.filter(({ name }) => name !== 'access'),
    now: () => new Date(clock),
  })
  team = await aTeam(db)
  samSession = await signedIn(db, { name: 'Sam Okoro', roles: ['A-SW'], teams: [team] })
  sam = new Visitor(house, samSession)
  mel = new Visitor(house, await signedIn(db, { name: 'Mel Ward', roles: ['A-TM'], teams: [team] }))
  const chair = await signedIn(db, { name: 'Hamid Yusuf', roles: ['A-IRO'] })
  hamidId = chair.account.id
  hamid = new Visitor(house, chair)
  outsider = new Visitor(
    house,
    await signedIn(db, { name: 'Olu Far', roles: ['A-SW'], teams: [await aTeam(db)] }),
  )
  const busy = await signedIn(db, { name: 'Bea Clerk', roles: ['A-BS'] })
  clerkId = busy.account.id
  clerk = new Visitor(house, busy)
  ana = await aChild(db.owner, { forename: 'Ana', surname: 'Thwaite', born: '2014-05-02' })
  ben = await aChild(db.owner, { forename: 'Ben', surname: 'Thwaite', born: '2016-08-11' })
  await fact(db.owner, 'relationship', { person_id: ana, other_person_id: ben, kind: 'sibling' })
  for (const child of [ana, ben]) await atWork(child, '2026-03-20')
  await fact(db.owner, 'cin_plan', {
    person_id: ana,
    referral_id: await only(sql<{ id: string }>`select id from record.referral where person_id = ${ana}`),
    cin_plan_start_date: '2026-03-21',
  })
}, 60_000)
afterAll(() => db?.close())

async function atWork(child: string, since: string | null): Promise<void> {
  await involve(db, child, { account: samSession.account.id, team })
  if (since)
    await fact(db.owner, 'referral', {
      ...{ person_id: child, referral_date: since, referral_nfa: false },
      ...{ referral_source_code: '2A', cin_primary_need_code: 'N1' },
    })
}

async function only<T>(query: ReturnType<typeof sql<{ id: T }>>): Promise<T> {
  return (await query.execute(db.owner)).rows[0]!.id
}
const rowsOf = async <T>(query: ReturnType<typeof sql<T>>) => (await query.execute(db.owner)).rows

/** What is due for a child by a clock: its day and how it stands. */
async function due(child: string, id: string) {
  return rowsOf(
    sql<{ on: string; state: string; late: boolean }>`
      select due_on as "on", state, late from record.due where person_id = ${child} and clock = ${id} order by due_on`,
  )
}
const place = (answer: { headers: Record<string, unknown> }) => String(answer.headers.location)
const idIn = (url: string, after: string) => new RegExp(`${after}/([0-9a-f-]{36})`).exec(url)![1]!

async function filed(who: Visitor, url: string, body: Record<string, string>, page = url): Promise<string> {
  const answer = await who.post(url, body, { page })
  if (answer.statusCode !== 303)
    throw new Error(`${answer.statusCode}: ${mainWords(answer.body).slice(0, 1500)}`)
  return place(answer)
}

const there = {
  'who[0][agency]': 'social-care',
  'who[0][name]': 'Sam Okoro',
  'who[1][agency]': 'police',
  'who[1][name]': 'DC Lowe',
  'who[2][agency]': 'health',
  'who[2][name]': 'Nurse Hall',
}
const attended = {
  'who[0][attendance]': 'attended',
  'who[1][attendance]': 'attended',
  'who[2][attendance]': 'attended',
}
const heldBody = () => ({
  ...{ ...there, ...attended, on: '24/03/2026', at: '14:00', manner: 'video', harm: 'physical' },
  'who[1][said]': 'The step-father has a caution for assault.',
  'who[1][sure]': 'on-paper',
  'who[2][said]': 'Bruising was seen at the clinic.',
  'who[2][sure]': 'first-hand',
  discussion: 'All think the children may be harmed.\n\n[about Ana] There is a bruise on the arm.',
  safety: 'They stay with their aunt tonight.',
  decision: 'section-47-joint',
  words: 'All agree.',
})

let discussion: string
let enquiry: string
let conference: string

describe('a strategy discussion', () => {
  test('is called once for two, and its clock runs for each', async () => {
    const to = await filed(sam, paths.discussionNew({ person: ana }), {
      ...there,
      ...{
        others: ben,
        because: 'The school saw a bruise.',
        asked: '24/03/2026',
        planned: '24/03/2026',
        at: '14:00',
      },
    })
    discussion = idIn(to, 'discussions')
    const rows = await rowsOf(sql<{ n: number }>`
      select count(*)::int as n from record.strategy_discussion group by held_together`)
    expect(rows).toEqual([{ n: 2 }])
    expect(await due(ben, 'STR-01')).toMatchObject([{ on: '2026-03-25', state: 'open' }])
  })

  test('is refused to whoever does not work with the child', async () => {
    expect((await outsider.get(paths.discussion({ person: ana, discussion }))).statusCode).toBe(403)
    expect((await hamid.get(paths.discussion({ person: ana, discussion }))).statusCode).toBe(403)
  })

  test('asks what is missing, at the field', async () => {
    const answer = await sam.post(paths.discussionHeld({ person: ana, discussion }), {
      ...heldBody(),
      decision: '',
      safety: '',
    })
    expect(answer.statusCode).toBe(422)
    expect(mainWords(answer.body)).toContain('Say how each child is kept safe')
    expect(answer.body).toContain('The step-father has a caution for assault.')
  })

  test('begins an enquiry for each on its own day, whatever day it is written up; the conference is due across Easter', async () => {
    clock = '2026-03-26T09:00:00Z'
    await filed(sam, paths.discussionHeld({ person: ana, discussion }), heldBody())
    for (const child of [ana, ben]) {
      expect(await due(child, 'STR-01')).toMatchObject([{ state: 'met', late: false }])
      expect(await due(child, 'ICPC-01')).toMatchObject([{ on: '2026-04-16', state: 'open' }])
    }
    const found = await rowsOf(sql<{ start: string; target: string; not: boolean }>`
      select s47_start_date as start, initial_cpc_target as target, icpc_not_required as "not" from record.section_47`)
    expect(found).toEqual(Array(2).fill({ start: '2026-03-24', target: '2026-04-16', not: false }))
    const words = mainWords((await sam.get(paths.discussion({ person: ana, discussion }))).body)
    expect(words).toContain('bruise on the arm')
    enquiry = await only(sql<{ id: string }>`select id from record.section_47 where person_id = ${ana}`)
  })

  test('what the police and health told is in no copy for the family, and each child has what is about it', async () => {
    for (const whom of ['parents', 'child']) {
      const { body, statusCode } = await sam.get(
        `${paths.discussion({ person: ana, discussion })}?for=${whom}`,
      )
      expect(statusCode).toBe(200)
      expect(body).toContain('They stay with their aunt tonight')
      expect(body).not.toContain('Ben Thwaite')
      expect(body).not.toContain('caution for assault')
      expect(body).not.toContain('seen at the clinic')
      expect(body).not.toContain('DC Lowe')
    }
    const kept = await rowsOf(sql<{ words: string; origin: string; parent: boolean; n: number }>`
      select words, origin, bool_or(parent_may_read) as parent, count(*)::int as n from record.meeting_passage group by 1, 2 order by 1`)
    expect(kept.find(({ words }) => words.startsWith('There is a bruise'))).toMatchObject({ n: 1 })
    expect(kept.filter(({ parent }) => parent).map(({ origin }) => origin)).toEqual(['worker', 'worker'])
    await expect(
      sql`update record.meeting_passage set parent_may_read = true where origin = 'police'`.execute(db.owner),
    ).rejects.toThrow('police_facts_kept')
  })

  test('a further one belongs to the enquiry and starts no clock again', async () => {
    clock = '2026-03-30T09:00:00Z'
    const to = await filed(sam, paths.discussionNew({ person: ana }), {
      ...{ ...there, others: ben, because: 'The medical came back.', asked: '30/03/2026' },
    })
    const further = idIn(to, 'discussions')
    const url = paths.discussionHeld({ person: ana, discussion: further })
    const again = await sam.post(url, { ...heldBody(), on: '30/03/2026' })
    expect(again.statusCode).toBe(422)
    expect(mainWords(again.body)).toContain('An enquiry is open already')
    await filed(sam, url, { ...heldBody(), on: '30/03/2026', decision: 'enquiry-goes-on' })
    expect(await due(ana, 'ICPC-01')).toMatchObject([{ on: '2026-04-16' }])
    expect(await rowsOf(sql`select from record.section_47`)).toHaveLength(2)
    const off = await sam.post(
      paths.discussionOff({ person: ana, discussion: further }),
      { because: 'no' },
      { page: '/account' },
    )
    expect(off.statusCode).toBe(409)
    expect(mainWords(off.body)).toContain('cannot be called off')
  })
})

const findings = (child: string, more: Record<string, string> = {}) => ({
  [`child[${child}][seen]`]: 'alone',
  [`child[${child}][seenOn]`]: '25/03/2026',
  [`child[${child}][home]`]: 'yes',
  [`child[${child}][medical]`]: 'done',
  [`child[${child}][outcome]`]: 'conference',
  [`child[${child}][said]`]: 'I do not like it when he shouts.',
  ...more,
})

describe('the enquiry', () => {
  const body = () => ({
    ...{ ...findings(ana), ...findings(ben) },
    agencies: 'School, police and health say the same.',
    siblings: 'Both live in the home.',
    alleged: 'Their step-father.',
    analysis: 'They are at risk while he is there.',
    words: 'A conference.',
  })

  test('goes to a manager when it says all the law asks, and is written once for both', async () => {
    const url = paths.enquiryWrite({ person: ana, enquiry })
    const answer = await sam.post(url, { ...body(), [`child[${ben}][seen]`]: 'not-seen', siblings: '' })
    expect(answer.statusCode).toBe(422)
    const words = mainWords(answer.body)
    expect(words).toContain('why the child was not seen alone')
    expect(words).toContain('how other children were considered')
    await filed(sam, url, body())
    const found = await rowsOf(sql<{ n: number }>`
      select count(*)::int as n from record.sign_off where act = 'submitted' group by work_id`)
    expect(found).toEqual([{ n: 2 }])
  })

  test('is signed by the manager and not by who wrote it; the census and the conference follow from the signature', async () => {
    clock = '2026-04-08T10:00:00Z'
    const work = await only(sql<{ id: string }>`select work_id as id from record.sign_off limit 1`)
    const url = caseworkPaths.signing({ person: ana, work })
    const refused = await sam.post(url, { decision: 'authorised', words: 'Yes' })
    expect(refused.statusCode).toBe(409)
    await filed(mel, url, {
      decision: 'authorised',
      words: 'The risk is plain, and nobody at home stops it.',
    })
    expect(
      await rowsOf(
        sql`select s47_end_date as "end", icpc_not_required as "not", s47_nfa as nfa from record.section_47`,
      ),
    ).toEqual(Array(2).fill({ end: '2026-04-08', not: false, nfa: false }))
    expect(await due(ana, 'S47-01')).toMatchObject([{ state: 'met' }])
    expect(await due(ana, 'ICPC-01')).toMatchObject([{ on: '2026-04-16', state: 'open' }])
    const asked = await rowsOf(sql<{ id: string; kind: string }>`
      select id, kind from record.conference where person_id = ${ana}`)
    expect(asked).toMatchObject([{ kind: 'initial' }])
    conference = asked[0]!.id
    const page = mainWords((await sam.get(paths.enquiry({ person: ana, enquiry }))).body)
    expect(page).toContain('at continuing risk')
  })
})

const calling = () => ({
  ...{ on: '15/04/2026', at: '10:00', place: 'Room 3', chair: hamidId, ...there },
  'who[1][due]': '13/04/2026',
  'who[3][agency]': 'family',
  'who[3][name]': 'Maeve Thwaite',
  'who[4][agency]': 'other',
  'who[4][name]': 'Bea Clerk',
  'who[4][account]': clerkId,
})
const holding = (more: Record<string, string> = {}) => ({
  ...{ ...there, ...attended, on: '15/04/2026', visitEvery: '10', lead: 'Sam Okoro' },
  'who[1][said]': 'The caution is from 2019.',
  'who[2][said]': 'The mother is treated for depression.',
  'who[2][dissent]': 'Health thinks a plan comes too early.',
  'who[2][core]': 'yes',
  'who[3][agency]': 'family',
  'who[3][name]': 'Maeve Thwaite',
  'who[3][attendance]': 'attended',
  'who[4][agency]': 'education',
  'who[4][name]': 'Ms Dale',
  'who[4][attendance]': 'attended',
  'who[4][said]': 'Ana has been tired since winter.',
  family: 'I want help.',
  discussion: 'The conference heard all of it.',
  words: 'The girls are likely to be harmed again unless things change.',
  danger: 'Hitting at home',
  outcome: 'Nobody hits anybody\nBoth are at school each day',
  contingency: 'We ask a court',
  [`child[${ana}][decision]`]: 'plan',
  [`child[${ana}][category]`]: 'PHY',
  [`child[${ana}][said]`]: 'I want it to stop.',
  [`child[${ben}][decision]`]: 'no-plan',
  ...more,
})

describe('the conference', () => {
  test('is called on a working day with a chair, who reads from then on, as a colleague who is asked does for a while', async () => {
    expect((await hamid.get(paths.conference({ person: ana, conference }))).statusCode).toBe(403)
    const url = paths.conferenceCall({ person: ana, conference })
    const saturday = await sam.post(url, { ...calling(), on: '18/04/2026' })
    expect(saturday.statusCode).toBe(422)
    expect(mainWords(saturday.body)).toContain('8875')
    // Ties count from today on, so that who was asked in the past is let in no more.
    await filed(sam, url, calling())
    for (const child of [ana, ben])
      expect(await due(child, 'CPD-01a')).toMatchObject([{ on: '2026-04-13', state: 'open' }])
    expect((await hamid.get(paths.conference({ person: ana, conference }))).statusCode).toBe(200)
    const told = await rowsOf(sql<{ from: string; to: string }>`
      select from_day as "from", to_day as "to" from access.tie where account_id = ${clerkId}`)
    expect(told).toEqual(Array(2).fill({ from: '2026-04-08', to: '2026-04-22' }))
  })

  test('moved, it says why, and has to be held by the same day', async () => {
    const url = paths.conferenceCall({ person: ana, conference })
    const answer = await sam.post(url, { ...calling(), on: '14/04/2026' })
    expect(mainWords(answer.body)).toContain('Say why it is moved')
    await filed(sam, url, { ...calling(), on: '14/04/2026', because: 'The room' })
    await filed(sam, url, { ...calling(), because: 'The first room after all' })
    expect(await due(ana, 'ICPC-01')).toMatchObject([{ on: '2026-04-16' }])
    const ties = await rowsOf(
      sql`select distinct to_day as "to" from access.tie where account_id = ${clerkId} order by 1`,
    )
    expect(ties).toEqual([{ to: '2026-04-21' }, { to: '2026-04-22' }])
  })

  test('the report is with the family two working days before, and that ends its clock', async () => {
    await filed(
      sam,
      paths.conferenceSent({ person: ana, conference }),
      { what: 'report_shared_on', on: '10/04/2026' },
      paths.conference({ person: ana, conference }),
    )
    expect(await due(ben, 'CPD-01a')).toMatchObject([{ state: 'met', late: false }])
    const early = await sam.post(
      paths.conferenceSent({ person: ana, conference }),
      { what: 'minutes_sent_on', on: '10/04/2026' },
      { page: paths.conference({ person: ana, conference }) },
    )
    expect(early.statusCode).toBe(409)
  })

  test('the chair’s page has it, with the reports that came', async () => {
    const words = mainWords((await hamid.get(paths.conferences())).body)
    expect(words).toContain('Coming')
    expect(words).toMatch(/Thwaite and .*Thwaite/)
    expect(words).toContain('0 of 1')
    expect((await outsider.get(paths.conferences())).body).not.toContain('Thwaite')
  })

  test('nobody but its chair records what it decided', async () => {
    clock = '2026-04-16T10:00:00Z'
    const url = paths.conferenceHeld({ person: ana, conference })
    expect((await sam.get(url)).statusCode).toBe(403)
    expect((await mel.post(url, holding(), { page: '/account' })).statusCode).toBe(403)
    expect(mainWords((await hamid.get(paths.conferences())).body)).toContain('To be written up')
  })

  test('too few agencies: it says why it decided all the same', async () => {
    const url = paths.conferenceHeld({ person: ana, conference })
    const few = { ...holding(), 'who[1][attendance]': 'apologies', 'who[4][attendance]': 'did-not-come' }
    const answer = await hamid.post(url, few)
    expect(answer.statusCode).toBe(422)
    expect(mainWords(answer.body)).toContain('One other agency came: 2 are needed')
  })

  test('the chair sees each child’s name before anything is filed, and decides differently for each', async () => {
    const url = paths.conferenceHeld({ person: ana, conference })
    const look = await hamid.post(url, holding())
    expect(look.statusCode).toBe(200)
    const words = mainWords(look.body)
    expect(words).toContain('Nothing is filed yet')
    expect(words).toContain('A child protection plan begins')
    expect(words).toContain('No child protection plan')
    expect(await rowsOf(sql`select from record.initial_conference`)).toHaveLength(0)
    await filed(hamid, url, { ...holding(), step: 'file' })
    expect(
      await rowsOf(sql`
      select icpc_date as "on", icpc_outcome_cp as plan, section_47_id is not null as enquiry from record.initial_conference order by 2 desc`),
    ).toEqual([
      { on: '2026-04-15', plan: true, enquiry: true },
      { on: '2026-04-15', plan: false, enquiry: true },
    ])
    expect(await due(ana, 'ICPC-01')).toMatchObject([{ state: 'met', late: false }])
    expect(await due(ana, 'CPR-01')).toMatchObject([{ on: '2026-07-15', state: 'open' }])
    expect(await due(ana, 'CG-01')).toMatchObject([{ on: '2026-04-29', state: 'open' }])
    expect(await due(ben, 'CG-01')).toEqual([])
    const ended = await rowsOf(sql<{ on: string }>`select cin_plan_end_date as "on" from record.cin_plan`)
    expect(ended).toEqual([{ on: '2026-04-15' }])
  })

  test('minutes, letter and page for the parents: no word of police or health, and none of another child', async () => {
    const urls = [
      `${paths.conference({ person: ana, conference })}?for=parents`,
      `${paths.minutes({ person: ana, conference })}?for=parents`,
      paths.decisionLetter({ person: ana, conference }),
    ]
    for (const url of urls) {
      const { body, statusCode } = await sam.get(url)
      expect(statusCode).toBe(200)
      expect(body).not.toContain('Ben Thwaite')
      for (const secret of [
        'caution is from 2019',
        'treated for depression',
        'comes too early',
        'step-father',
      ])
        expect(body, `${secret} in ${url}`).not.toContain(secret)
    }
    const file = await sam.get(`${paths.minutes({ person: ana, conference })}?for=parents&as=docx`)
    const text = await textOf({ form: 'docx', bytes: file.rawPayload })
    expect(text).toContain('Ana has been tired')
    expect(text).toContain('likely to be harmed again')
    expect(text).not.toContain('caution')
    const whole = await textOf({
      form: 'docx',
      bytes: (await sam.get(`${paths.minutes({ person: ana, conference })}?as=docx`)).rawPayload,
    })
    expect(whole).toContain('caution is from 2019')
    expect(whole).toContain('comes too early')
  })

  test('business support notes what was sent, and decides nothing', async () => {
    await sql`update access.tie set to_day = current_date + 5 where account_id = ${clerkId}`.execute(db.owner)
    await filed(
      clerk,
      paths.conferenceSent({ person: ana, conference }),
      { what: 'minutes_sent_on', on: '16/04/2026' },
      paths.conference({ person: ana, conference }),
    )
    expect(await due(ana, 'CPD-02b')).toMatchObject([{ state: 'met' }])
    expect((await clerk.get(paths.conferenceHeld({ person: ana, conference }))).statusCode).toBe(403)
    expect((await clerk.get(paths.enquiryWrite({ person: ana, enquiry }))).statusCode).toBe(403)
  })

  test('a wrong decision is put right with a reason: the plan begins on the day of the conference', async () => {
    const of = await only(sql<{ id: string }>`select id from record.conference where person_id = ${ben}`)
    const url = paths.conferenceCorrect({ person: ben, conference: of })
    expect((await sam.post(url, { decision: 'plan', category: 'EMO', because: 'x' })).statusCode).toBe(403)
    const without = await hamid.post(url, {
      decision: 'plan',
      because: 'The names were taken for each other.',
    })
    expect(without.statusCode).toBe(422)
    await filed(hamid, url, {
      decision: 'plan',
      category: 'EMO',
      because: 'The names were taken for each other.',
    })
    expect(
      await rowsOf(sql`
        select cp_plan_start_date as start, cp_plan_initial_category as category from record.child_protection_plan where person_id = ${ben}`),
    ).toEqual([{ start: '2026-04-15', category: 'EMO' }])
    const stood = await rowsOf(
      sql`select decision from history.conference where id = ${of} and decision is not null`,
    )
    expect(stood).toContainEqual({ decision: 'no-plan' })
    expect(await due(ben, 'CG-01')).toMatchObject([{ on: '2026-04-29' }])
  })
})

describe('the plan', () => {
  const planOf = (child: string) =>
    only(sql<{ id: string }>`select id from record.child_protection_plan where person_id = ${child}`)

  test('is written with who does what, and a line that is not for the family is not in its copy', async () => {
    const plan = await planOf(ana)
    const url = paths.planWrite({ person: ana, plan })
    const body = {
      danger: 'Hitting at home\n[not for parents] He is known to the police',
      outcome: 'Nobody hits anybody\nBoth are at school each day',
      contingency: 'We ask a court',
      'action[0][words]': 'Sees the children every week',
      'action[0][due]': '01/05/2026',
      'member[0][agency]': 'social-care',
      'member[0][name]': 'Sam Okoro',
      'member[1][agency]': 'health',
      'member[1][name]': 'Nurse Hall',
    }
    const answer = await sam.post(url, body)
    expect(answer.statusCode).toBe(422)
    expect(mainWords(answer.body)).toContain('Say who does it')
    await filed(sam, url, { ...body, 'action[0][who]': 'Sam Okoro', 'member[0][lead]': 'yes' })
    const professional = mainWords((await sam.get(paths.plan({ person: ana, plan }))).body)
    expect(professional).toContain('known to the police')
    expect(professional).toContain('Sees the children every week')
    const family = mainWords((await sam.get(`${paths.plan({ person: ana, plan })}?for=parents`)).body)
    expect(family).toContain('Hitting at home')
    expect(family).not.toContain('known to the police')
    const lines = await rowsOf(sql<{ n: number }>`
      select count(*)::int as n from record.protection_plan_line where child_protection_plan_id = ${plan} and to_day is null`)
    expect(lines).toEqual([{ n: 6 }])
  })

  test('a core group meets for both, says how far each action is, and its clock goes on', async () => {
    clock = '2026-04-27T10:00:00Z'
    const plan = await planOf(ana)
    const action = await only(
      sql<{ id: string }>`select id from record.protection_plan_line where part = 'action'`,
    )
    const to = await filed(sam, paths.coreGroupNew({ person: ana, plan }), {
      ...{ ...there, ...attended, others: ben, on: '24/04/2026', next: '29/05/2026' },
      'who[1][said]': 'No more calls to the house.',
      [`done[${action}][progress]`]: 'under-way',
      [`done[${action}][words]`]: 'Seen twice.',
      [`child[${ana}][said]`]: 'It is quieter.',
    })
    expect(mainWords((await sam.get(to)).body)).toContain('Under way')
    expect((await sam.get(`${to}?for=parents`)).body).not.toContain('No more calls')
    for (const child of [ana, ben]) {
      expect(await due(child, 'CG-01')).toMatchObject([{ state: 'met', late: false }])
      expect(await due(child, 'CG-02')).toMatchObject([{ on: '2026-06-05', state: 'open' }])
    }
    expect(mainWords((await sam.get(paths.plan({ person: ana, plan }))).body)).toContain('Under way')
  })

  test('a senior manager looks at it, and a family’s copy says nothing of that', async () => {
    const plan = await planOf(ana)
    await filed(
      mel,
      paths.planLook({ person: ana, plan }),
      { words: 'What is missing is his own account.' },
      paths.plan({ person: ana, plan }),
    )
    expect(mainWords((await sam.get(paths.plan({ person: ana, plan }))).body)).toContain('his own account')
    expect((await sam.get(`${paths.plan({ person: ana, plan })}?for=parents`)).body).not.toContain(
      'his own account',
    )
  })

  test('the review goes on for one with another category and ends for the other; the history keeps the first', async () => {
    clock = '2026-07-09T10:00:00Z'
    const asked = await filed(sam, paths.conferenceNew({ person: ana }), {
      ...{ kind: 'review', others: ben, because: 'Three months' },
    })
    const review = idIn(asked, 'conferences')
    await filed(sam, asked, { ...calling(), on: '08/07/2026' })
    expect(
      mainWords(
        (await sam.post(paths.conferenceNew({ person: ana }), { kind: 'initial', because: 'x' })).body,
      ),
    ).toContain('ask for a review conference')
    await filed(hamid, paths.conferenceHeld({ person: ana, conference: review }), {
      ...holding({ on: '08/07/2026', step: 'file' }),
      [`child[${ana}][decision]`]: 'continue',
      [`child[${ana}][category]`]: 'EMO',
      [`child[${ana}][participation]`]: 'PN1',
      [`child[${ben}][decision]`]: 'end',
    })
    expect(await due(ana, 'CPR-01')).toMatchObject([{ state: 'met', late: false }])
    expect(
      await rowsOf(sql`select distinct cp_review_due as due from record.child_protection_review`),
    ).toEqual([{ due: '2026-07-15' }])
    expect(await due(ana, 'CPR-02')).toMatchObject([{ on: '2027-01-08', state: 'open' }])
    expect(await due(ben, 'CPR-02')).not.toContainEqual(expect.objectContaining({ state: 'open' }))
    expect(
      await rowsOf(sql`select cp_plan_initial_category as first, cp_plan_latest_category as latest, cp_plan_end_date as "end", cp_plan_end_reason as why
                         from record.child_protection_plan order by cp_plan_end_date nulls first`),
    ).toEqual([
      { first: 'PHY', latest: 'EMO', end: null, why: null },
      { first: 'EMO', latest: 'EMO', end: '2026-07-08', why: 'no-longer-at-risk' },
    ])
    expect(
      await rowsOf(
        sql`select from history.child_protection_plan where person_id = ${ana} and cp_plan_latest_category = 'PHY'`,
      ),
    ).toHaveLength(1)
  })

  test('the whole journey stands in a line on the record', async () => {
    const words = mainWords((await sam.get(paths.protection({ person: ana }))).body)
    for (const step of [
      'Strategy discussion',
      'Further strategy discussion',
      'Section 47 enquiry',
      'Initial conference',
      'Core group',
      'Review conference',
      'The plan goes on',
    ])
      expect(words).toContain(step)
    expect(words).toContain('Due')
  })
})

test('the census says of both what a hand-written list says, with nothing keyed twice', async () => {
  const collection = collectionNamed('2026-27')!
  const run = await openRun(db.jobs, { purpose: 'test of the census', population: 'two children' })
  const told = async (child: string) => {
    const local = await only(sql<{ id: string }>`
      select value as id from record.person_identifier where person_id = ${child} and kind = 'la-child-id'`)
    const one = await inRun(db.jobs, run, (trx) => readChild(trx, collection, local))
    const [{ Section47, ChildProtectionPlans, CINPlanDates, DateOfInitialCPC }] = one!
      .CINdetails as never as [Record<string, unknown>]
    return { Section47, ChildProtectionPlans, CINPlanDates, DateOfInitialCPC }
  }
  const section47 = [
    {
      S47ActualStartDate: '2026-03-24',
      InitialCPCtarget: '2026-04-16',
      DateOfInitialCPC: '2026-04-15',
      ICPCnotRequired: '0',
    },
  ]
  expect(await told(ana)).toEqual({
    Section47: section47,
    DateOfInitialCPC: undefined,
    CINPlanDates: [{ CINPlanStartDate: '2026-03-21', CINPlanEndDate: '2026-04-15' }],
    ChildProtectionPlans: [
      {
        CPPstartDate: '2026-04-15',
        InitialCategoryOfAbuse: 'PHY',
        LatestCategoryOfAbuse: 'EMO',
        NumberOfPreviousCPP: '0',
        Reviews: { CPPreviewDate: ['2026-07-08'] },
      },
    ],
  })
  expect(await told(ben)).toEqual({
    Section47: section47,
    DateOfInitialCPC: undefined,
    CINPlanDates: undefined,
    ChildProtectionPlans: [
      {
        CPPstartDate: '2026-04-15',
        CPPendDate: '2026-07-08',
        InitialCategoryOfAbuse: 'EMO',
        LatestCategoryOfAbuse: 'EMO',
        NumberOfPreviousCPP: '0',
        Reviews: { CPPreviewDate: ['2026-07-08'] },
      },
    ],
  })
})

describe('what practice really does', () => {
  test('a second plan within two years is flagged to whoever decides, and counted', async () => {
    clock = '2026-09-22T10:00:00Z'
    const asked = await filed(sam, paths.conferenceNew({ person: ben }), {
      kind: 'initial',
      because: 'New worries',
    })
    await filed(sam, asked, { ...calling(), on: '21/09/2026' })
    const second = idIn(asked, 'conferences')
    const url = paths.conferenceHeld({ person: ben, conference: second })
    const body = {
      ...holding({
        on: '21/09/2026',
        [`child[${ben}][decision]`]: 'plan',
        [`child[${ben}][category]`]: 'NEG',
      }),
    }
    expect(mainWords((await hamid.post(url, body)).body)).toContain(
      'A plan before this, the last within two years',
    )
    await filed(hamid, url, { ...body, step: 'file' })
    const plan = await rowsOf(sql<{ id: string; before: number }>`
      select id, number_of_previous_cpp as before from record.child_protection_plan where person_id = ${ben} order by cp_plan_start_date desc limit 1`)
    expect(plan[0]!.before).toBe(1)
    expect(mainWords((await sam.get(paths.plan({ person: ben, plan: plan[0]!.id }))).body)).toContain(
      'ended within two years',
    )
    // Begun in error: it goes, with everything in it; the conference stands, and says no plan was made.
    await filed(hamid, paths.conferenceCorrect({ person: ben, conference: second }), {
      ...{ decision: 'no-plan', because: 'The conference had decided on help without a plan.' },
    })
    expect(
      await rowsOf(sql`select from record.child_protection_plan where id = ${plan[0]!.id}`),
    ).toHaveLength(0)
    expect(await rowsOf(sql`select reason from record.taken_back where fact_id = ${plan[0]!.id}`)).toEqual([
      { reason: 'The conference had decided on help without a plan.' },
    ])
  })

  test('a looked-after child without an open referral, and a discussion after which nothing follows', async () => {
    clock = '2026-10-06T10:00:00Z'
    const child = await aChild(db.owner, { forename: 'Kit', surname: 'Wren' })
    await aPeriodOfCare(db.owner, child, [{ from: '2025-06-02' }])
    await atWork(child, null)
    const begin = async (decision: string) => {
      const to = await filed(sam, paths.discussionNew({ person: child }), {
        ...{ ...there, because: 'A carer was rough', asked: '05/10/2026' },
      })
      await filed(sam, paths.discussionHeld({ person: child, discussion: idIn(to, 'discussions') }), {
        ...{ ...heldBody(), on: '05/10/2026', decision },
      })
    }
    await begin('none')
    expect(await rowsOf(sql`select from record.section_47 where person_id = ${child}`)).toHaveLength(0)
    await begin('section-47-single')
    const own = await only(sql<{ id: string }>`select id from record.section_47 where person_id = ${child}`)
    expect(mainWords((await sam.get(paths.enquiry({ person: child, enquiry: own }))).body)).toContain(
      'the census cannot tell of it',
    )
    // Not needed, wrongly; opened again with a reason; signed anew.
    const write = paths.enquiryWrite({ person: child, enquiry: own })
    const body = {
      ...findings(child),
      agencies: 'All asked',
      siblings: 'None',
      analysis: 'It was an accident',
    }
    await filed(sam, write, { ...body, [`child[${child}][outcome]`]: 'not-substantiated' })
    const work = await only(
      sql<{ id: string }>`select work_id as id from record.sign_off where person_id = ${child}`,
    )
    const sign = caseworkPaths.signing({ person: child, work })
    await filed(mel, sign, { decision: 'authorised', words: 'Agreed with the police' })
    expect(await due(child, 'ICPC-01')).toMatchObject([{ state: 'met' }])
    const again = paths.enquiryAgain({ person: child, enquiry: own })
    const page = paths.enquiry({ person: child, enquiry: own })
    expect((await sam.post(again, { why: 'New facts' }, { page })).statusCode).toBe(403)
    await filed(mel, again, { why: 'A second child spoke' }, page)
    expect(await due(child, 'ICPC-01')).toMatchObject([{ on: '2026-10-26', state: 'open' }])
    await filed(sam, write, { ...body, [`child[${child}][outcome]`]: 'conference' })
    await filed(mel, sign, { decision: 'authorised', words: 'A conference after all' })
    expect(await rowsOf(sql`select kind from record.conference where person_id = ${child}`)).toEqual([
      { kind: 'initial' },
    ])
    // Opened once more: the conference that was only asked for goes with the outcome that asked for it.
    await filed(mel, again, { why: 'The first outcome was right' }, page)
    expect(
      await rowsOf(sql`select cancelled_because as why from record.conference where person_id = ${child}`),
    ).toEqual([{ why: 'The first outcome was right' }])
  })

  const unborn = async () => {
    const mother = await someone(db.owner, {
      forename: 'Nell',
      surname: 'Smith',
      born: '1998-01-05',
      sex: 'F',
    })
    const child = await aChild(db.owner, {
      ...{
        name: 'Unborn Smith',
        born: null,
        sex: 'U' as const,
        more: { expected_date_of_birth: '2026-11-20' },
      },
    })
    await fact(db.owner, 'relationship', {
      person_id: child,
      other_person_id: mother,
      kind: 'mother',
      other_name: 'Nell Smith',
    })
    await atWork(child, '2026-09-01')
    return child
  }
  const plannedBeforeBirth = async (child: string) => {
    clock = '2026-10-13T10:00:00Z'
    const asked = await filed(sam, paths.conferenceNew({ person: child }), {
      kind: 'pre-birth',
      because: 'Her last baby was hurt',
    })
    await filed(sam, asked, { ...calling(), on: '12/10/2026' })
    await filed(hamid, paths.conferenceHeld({ person: child, conference: idIn(asked, 'conferences') }), {
      ...holding({ on: '12/10/2026', step: 'file' }),
      [`child[${child}][decision]`]: 'plan',
      [`child[${child}][category]`]: 'NEG',
    })
  }

  test('a child is on a plan before birth; birth makes the record the child’s, and the plan goes on', async () => {
    const child = await unborn()
    expect(
      mainWords(
        (await sam.post(paths.conferenceNew({ person: child }), { kind: 'initial', because: 'x' })).body,
      ),
    ).toContain('not born yet')
    await plannedBeforeBirth(child)
    clock = '2026-11-19T10:00:00Z'
    const url = paths.birth({ person: child })
    expect((await sam.post(url, { what: 'born', on: '18/11/2026' })).statusCode).toBe(422)
    await filed(sam, url, {
      ...{ what: 'born', on: '18/11/2026', sex: 'F', forename: 'Ivy', surname: 'Smith' },
      ...{ line: '4 Mill Lane', postcode: 'fx1 2ab' },
    })
    expect(
      await rowsOf(
        sql`select date_of_birth as born, expected_date_of_birth as expected, sex from record.person where id = ${child}`,
      ),
    ).toEqual([{ born: '2026-11-18', expected: null, sex: 'F' }])
    expect(
      await rowsOf(
        sql`select kind, full_name as name from record.person_name where person_id = ${child} order by kind`,
      ),
    ).toEqual([
      { kind: 'former', name: 'Unborn Smith' },
      { kind: 'legal', name: 'Ivy Smith' },
    ])
    expect(
      await rowsOf(
        sql`select cp_plan_end_date as "end" from record.child_protection_plan where person_id = ${child}`,
      ),
    ).toEqual([{ end: null }])
    expect((await sam.get(paths.protection({ person: child }))).body).toContain('Ivy Smith')
    expect((await sam.post(url, { what: 'not-born', on: '18/11/2026' })).statusCode).toBe(409)
  })

  test('not born alive: everything ends on that day, and nothing more is asked', async () => {
    const child = await unborn()
    await plannedBeforeBirth(child)
    clock = '2026-11-03T10:00:00Z'
    await filed(sam, paths.birth({ person: child }), {
      ...{ what: 'not-born', on: '02/11/2026', words: 'Nell lost the baby. She was told that we are sorry.' },
    })
    await countWaiting.run(undefined, {
      db: db.jobs,
      read: db.jobs,
      log: { info() {}, error() {} },
      signal: undefined,
    })
    const open = await rowsOf(sql`select clock from record.due where person_id = ${child} and state = 'open'`)
    expect(open).toEqual([])
    expect(
      await rowsOf(
        sql`select cp_plan_end_date as "end", cp_plan_end_reason as why from record.child_protection_plan where person_id = ${child}`,
      ),
    ).toEqual([{ end: '2026-11-02', why: 'not-born' }])
    const words = mainWords((await sam.get(paths.protection({ person: child }))).body)
    expect(words).not.toContain('Call a strategy discussion')
    expect((await sam.get(paths.protection({ person: child }))).body).not.toContain('>Unborn<')
  })

  test('a child on a plan moves here: the time counts from the day this authority was told', async () => {
    clock = '2026-10-20T10:00:00Z'
    const child = await aChild(db.owner, { forename: 'Zofia', surname: 'Lark' })
    await atWork(child, '2026-10-19')
    const url = paths.conferenceNew({ person: child })
    expect(
      (await sam.post(url, { kind: 'transfer-in', because: 'Moved', from: 'Westmoor' })).statusCode,
    ).toBe(422)
    const asked = await filed(sam, url, {
      kind: 'transfer-in',
      because: 'Moved',
      from: 'Westmoor',
      notified: '19/10/2026',
    })
    expect(await due(child, 'ICPC-02')).toMatchObject([{ on: '2026-11-09', state: 'open' }])
    await filed(sam, asked, { ...calling(), on: '19/10/2026' })
    await filed(hamid, paths.conferenceHeld({ person: child, conference: idIn(asked, 'conferences') }), {
      ...holding({ on: '20/10/2026', step: 'file' }),
      [`child[${child}][decision]`]: 'plan',
      [`child[${child}][category]`]: 'NEG',
    })
    expect(await due(child, 'ICPC-02')).toMatchObject([{ state: 'met' }])
    const plan = await only(
      sql<{ id: string }>`select id from record.child_protection_plan where person_id = ${child}`,
    )
    // Moves on, and the other authority's conference took over: no conference here.
    clock = '2026-11-20T10:00:00Z'
    const end = paths.planEnd({ person: child, plan })
    expect(
      (await sam.post(end, { on: '19/11/2026', reason: 'moved-away', words: 'Eastmoor took over' }))
        .statusCode,
    ).toBe(403)
    await filed(hamid, end, { on: '19/11/2026', reason: 'moved-away', words: 'Eastmoor took over' })
    const twice = await hamid.post(
      end,
      { on: '19/11/2026', reason: 'moved-away', words: 'x' },
      { page: '/account' },
    )
    expect(twice.statusCode).toBe(409)
    expect(mainWords(twice.body)).toContain('The plan has ended')
  })
})
