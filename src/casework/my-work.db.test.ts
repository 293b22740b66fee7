import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openList } from '../access/opening.ts'
import { reading } from '../access/reading.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { aChild, aChildProtectionPlan, anEpisodeOfNeed, aPeriodOfCare, fact } from '../testing/factories.ts'
import { aTeam, signedIn } from '../testing/signed-in.ts'
import { involve, relate, restricted } from '../testing/ties.ts'
import { aHouse, mainWords, Visitor } from '../testing/visitor.ts'
import { areas as every } from '../web/areas.ts'
import type { Session } from '../web/session.ts'
import { caseload, caseloadSorts, changesSince, standings } from './caseload-store.ts'
import { countWaiting } from './count-dues.ts'
import { driftOf } from './drift.ts'

const areas = every.filter(({ name }) => name !== 'access')
const now = () => new Date('2026-11-25T09:30:00Z')
const today = '2026-11-25'

let db: TestDatabase
let sam: Session
let colleague: Session
let mel: Session
let worker: Visitor
let manager: Visitor
let rowan: string
let ash: string
let skye: string

beforeAll(async () => {
  db = await testDatabase()
  const house = await aHouse(db, { areas, now })
  const team = await aTeam(db)
  sam = await signedIn(db, { name: 'Sam Okoro', roles: ['A-SW'], teams: [team] })
  colleague = await signedIn(db, { name: 'Cal Reid', roles: ['A-SW'], teams: [team] })
  mel = await signedIn(db, { name: 'Mel Ward', roles: ['A-TM'], teams: [team] })
  worker = new Visitor(house, sam)
  manager = new Visitor(house, mel)
  rowan = await aChild(db.owner, { forename: 'Rowan', surname: 'Thwaite' })
  skye = await aChild(db.owner, { forename: 'Skye', surname: 'Wren' })
  ash = await aChild(db.owner, { forename: 'Ash', surname: 'Zeal' })
  for (const child of [rowan, ash]) await involve(db, child, { account: sam.account.id, team })
  await involve(db, skye, { account: colleague.account.id, team })
  await relate(db, rowan, ash, 'half-sibling')
  await anEpisodeOfNeed(db.owner, rowan, { from: '2026-01-05' })
  await aChildProtectionPlan(db.owner, rowan, { from: '2025-06-02' })
  await fact(db.owner, 'visit', {
    person_id: rowan,
    kind: 'child-protection',
    visit_date: '2026-11-20',
    seen: true,
  })
  await fact(db.owner, 'visit', {
    person_id: rowan,
    kind: 'child-protection',
    visit_date: '2026-10-01',
    seen: true,
    seen_alone: true,
  })
  await fact(db.owner, 'visit', { person_id: rowan, kind: 'other', visit_date: '2026-11-24', seen: false })
  await aPeriodOfCare(db.owner, skye, [{ from: '2025-02-03' }])
  await countWaiting.run(undefined, {
    db: db.jobs,
    read: db.jobs,
    log: { info() {}, error() {} },
    signal: undefined,
  })
})
afterAll(() => db?.close())

/** What a list of somebody’s work reads. */
async function listed<T>(session: Session, work: Parameters<typeof reading<T>>[2]): Promise<T> {
  await openList(db.app, session, 'caseload', { purpose: 'a test' })
  return reading(db.app, session, work)
}
const plain = { direction: 'ascending', page: 1, perPage: 50, offset: 0, link: () => '' } as const

describe('the page of the day', () => {
  test('a worker finds what is due with the form that meets it, when each child was seen, and siblings together', async () => {
    const { body } = await worker.get('/my-work')
    const words = mainWords(body)
    expect(words).toContain('Rowan Thwaite')
    expect(words).toContain('5 days ago')
    expect(words).toMatch(/55 days ago|7 weeks ago/)
    expect(words).toContain('Thwaite and Zeal, 2 children')
    expect(words).not.toContain('Skye Wren')
    expect(words).not.toContain('Caseloads')
    expect(body).toContain(`/children/${rowan}/notes/new?kind=visit`)
    expect(body).toMatch(new RegExp(`/children/${rowan}/due#due-`))
  })

  test('a manager finds each worker’s week, and what has drifted', async () => {
    const team = mainWords((await manager.get('/my-work')).body)
    expect(team).toContain('Caseloads')
    expect(team).toContain('Cal Reid')
    const drift = mainWords((await manager.get('/my-work?of=drift')).body)
    expect(drift).toContain('On a child protection plan for 17 months')
    expect(drift).toContain('No management oversight on record')
    expect(drift).toContain('No visit on record')
    expect(mainWords((await worker.get('/my-work?of=drift')).body)).not.toContain('Drift')
  })

  test('who was shown stands on the trail', async () => {
    await worker.get('/my-work')
    const { rows } = await sql<{ shown: string[] }>`
      select shown from audit.trail where payload ->> 'actor' = ${sam.account.id} and shown is not null order by at desc limit 1`.execute(
      db.owner,
    )
    expect(rows[0]!.shown.toSorted()).toEqual([rowan, ash].toSorted())
  })

  test('every way to sort it answers', async () => {
    for (const sort of caseloadSorts)
      for (const direction of ['ascending', 'descending'])
        expect((await manager.get(`/my-work?sort=${sort}&direction=${direction}`)).statusCode, sort).toBe(200)
  })
})

describe('need to know', () => {
  const seenBy = (session: Session) =>
    listed(session, async (trx) => {
      const { cards } = await caseload(
        trx,
        { ...plain, sort: 'family' },
        { account: '', everyone: true, on: today },
      )
      return Object.fromEntries(cards.map(({ id, seen, family }) => [id, { seen, family }]))
    })

  test('a colleague of the team sees when a child was seen, and neither whose sister they are nor what was written', async () => {
    const of = await seenBy(colleague)
    expect(of[rowan]).toEqual({ seen: '2026-11-20', family: rowan })
    expect(of[ash]!.family).toBe(ash)
    const mine = await seenBy(sam)
    expect(mine[rowan]!.family).toBe(mine[ash]!.family)
    const stand = await listed(colleague, (trx) => standings(trx, today))
    expect(stand.find(({ id }) => id === rowan)).toMatchObject({
      planSince: '2025-06-02',
      helpedSince: '2025-06-02',
      overseenOn: null,
    })
    expect(stand.find(({ id }) => id === skye)?.accommodatedSince).toBeDefined()
  })

  test('without an open list nothing of it is there', async () => {
    const stranger = await signedIn(db, { roles: ['A-SW'] })
    await reading(db.app, stranger, async (trx) => {
      for (const name of ['listed_seen', 'listed_families', 'listed_standing'])
        expect(
          (await sql`select * from ${sql.raw(`record.${name}`)}(current_date)`.execute(trx)).rows,
        ).toEqual([])
      expect((await changesSince(trx, new Date(0), { account: undefined, most: 5 })).total).toBe(0)
    })
  })

  test('what changed is told as far as the list reaches, with who wrote it', async () => {
    const changed = (session: Session, account?: string) =>
      listed(session, (trx) => changesSince(trx, new Date(Date.now() - 3600_000), { account, most: 500 }))
    const kept = await changed(colleague)
    const mine = await changed(sam, sam.account.id)
    expect(mine.changes.some(({ person, words }) => person === rowan && /referr/i.test(words))).toBe(true)
    expect(mine.changes.every(({ person }) => person !== skye)).toBe(true)
    expect(kept.changes.some(({ words }) => /referr/i.test(words))).toBe(false)
  })

  test('who is restricted to others is on no list', async () => {
    await restricted(db, ash, 2)
    expect(Object.keys(await seenBy(sam))).not.toContain(ash)
    expect(Object.keys(await seenBy(sam))).toContain(rowan)
    await sql`update record.restriction set to_at = now() where person_id = ${ash}`.execute(db.owner)
  })
})

describe('what drifts', () => {
  const child = {
    born: '2018-03-01',
    seen: '2026-11-20',
    helpedSince: '2026-01-05',
    planSince: null,
    accommodatedSince: null,
    overseenOn: '2026-11-02',
    writtenOn: '2026-11-20',
    lateLately: 2,
    needPlanSince: null,
  }
  test.each([
    [{}, []],
    [{ seen: '2026-09-30' }, []],
    [{ seen: '2026-09-29' }, ['Not seen since 29 Sep 2026, 8 weeks ago']],
    [{ seen: null, helpedSince: '2026-11-02' }, []],
    [{ seen: null }, ['No visit on record']],
    [{ seen: null, born: null }, []],
    [{ overseenOn: null }, ['No management oversight on record']],
    [{ planSince: '2025-08-25' }, []],
    [{ planSince: '2025-08-24' }, ['On a child protection plan for 15 months']],
    [{ writtenOn: '2026-10-28' }, []],
    [{ writtenOn: '2026-10-27' }, ['Nothing written since 27 Oct 2026, 4 weeks ago']],
    [{ lateLately: 3 }, ['Late 3 times in half a year']],
    [{ needPlanSince: '2025-11-25' }, []],
    [{ needPlanSince: '2025-11-24' }, ['On a child in need plan for 12 months']],
    [{ accommodatedSince: '2025-11-25' }, []],
    [{ accommodatedSince: '2024-11-24' }, ['Accommodated under section 20 for 2y']],
  ])('%j', (differs, drift) => {
    expect(driftOf({ ...child, ...differs }, today)).toEqual(drift)
  })
})
