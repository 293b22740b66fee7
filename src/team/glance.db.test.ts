import { parse } from 'csv-parse/sync'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { countWaiting } from '../casework/count-dues.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { aChild, aChildProtectionPlan, anEpisodeOfNeed, aPeriodOfCare } from '../testing/factories.ts'
import { aTeam, signedIn } from '../testing/signed-in.ts'
import { involve, restricted } from '../testing/ties.ts'
import { aHouse, mainWords, Visitor } from '../testing/visitor.ts'
import { areas as every } from '../web/areas.ts'
import type { Session } from '../web/session.ts'
import { addDays, dayOf } from '../web/words.ts'

const areas = every.filter(({ name }) => name !== 'access')
const today = dayOf(new Date())

let db: TestDatabase
let house: Awaited<ReturnType<typeof aHouse>>
let sam: Session
let lena: Session
let priya: Session
let greta: Session
let hamid: Session
let rowan: string
let skye: string

const visitor = (session: Session) => new Visitor(house, session)
const words = async (session: Session, path: string) => mainWords((await visitor(session).get(path)).body)

beforeAll(async () => {
  db = await testDatabase()
  house = await aHouse(db, { areas })
  const east = await aTeam(db)
  sam = await signedIn(db, { name: 'Sam Okoro', roles: ['A-SW'], teams: [east] })
  lena = await signedIn(db, { name: 'Lena Brandt', roles: ['A-SW'], teams: [east] })
  priya = await signedIn(db, { name: 'Priya Shah', roles: ['A-TM'], teams: [east] })
  greta = await signedIn(db, { name: 'Greta Osei', roles: ['A-TM'], teams: [await aTeam(db)] })
  hamid = await signedIn(db, { name: 'Hamid Yusuf', roles: ['A-IRO'] })
  rowan = await aChild(db.owner, { forename: 'Rowan', surname: 'Thwaite' })
  skye = await aChild(db.owner, { forename: '=Skye', surname: 'Wren' })
  const hidden = await aChild(db.owner, { forename: 'Hidden', surname: 'Child' })
  for (const child of [rowan, hidden]) await involve(db, child, { account: sam.account.id, team: east })
  await involve(db, skye, { account: lena.account.id, team: east })
  await involve(db, skye, { account: hamid.account.id }, { kind: 'reviewing-officer' })
  await anEpisodeOfNeed(db.owner, rowan, { from: '2026-01-05' })
  await aChildProtectionPlan(db.owner, rowan, { from: '2026-02-02' })
  await aPeriodOfCare(db.owner, skye, [{ from: '2025-02-03' }])
  await restricted(db, hidden, 2)
  await sql`insert into access.cover (for_account_id, account_id, from_day, to_day, agreed_by)
            values (${lena.account.id}, ${sam.account.id}, ${today}, ${addDays(today, 4)}, ${priya.account.id})`.execute(
    db.owner,
  )
  await sql`update access.account set active_to = ${addDays(today, 10)} where id = ${sam.account.id}`.execute(
    db.owner,
  )
  await countWaiting.run(undefined, {
    db: db.jobs,
    read: db.jobs,
    log: { info() {}, error() {} },
    signal: undefined,
  })
})
afterAll(() => db?.close())

describe('the team at a glance', () => {
  test('says of each worker how much there is, who is away and who leaves with children left; nobody restricted is counted', async () => {
    const page = await words(priya, '/team')
    expect(page).toMatch(/Sam Okoro 1 3 /)
    expect(page).toMatch(/Lena Brandt 1 3 /)
    expect(page).toContain('Away until')
    expect(page).toContain('Leaves')
    expect(page).toContain('Sam Okoro covers')
    expect(await words(priya, `/team/${sam.account.id}`)).toContain('Rowan Thwaite')
    expect(await words(priya, `/team/${sam.account.id}`)).not.toContain('Hidden')
  })

  test('is a manager’s, of their own teams', async () => {
    expect((await visitor(sam).get('/team')).statusCode).toBe(403)
    expect(await words(greta, '/team')).not.toContain('Sam Okoro')
    expect((await visitor(greta).get(`/team/${sam.account.id}`)).statusCode).toBe(404)
    expect((await visitor(greta).get('/team/not-an-account')).statusCode).toBe(404)
  })

  test('the file of figures has references and initials, no name, nothing a spreadsheet would run, and a line on the trail', async () => {
    const { body, headers } = await visitor(priya).get('/team/figures.csv')
    expect(headers['content-type']).toContain('text/csv')
    for (const name of ['Rowan', 'Thwaite', 'Skye', 'Wren', 'Hidden']) expect(body).not.toContain(name)
    const rows = parse(body, { columns: true, bom: true }) as Record<string, string>[]
    expect(rows.map(({ initials }) => initials).sort()).toEqual(['R. T.', 'S. W.'])
    expect(rows.find(({ initials }) => initials === 'R. T.')).toMatchObject({
      status: expect.stringContaining('child-protection'),
      worker: 'Sam Okoro',
      weight: '3',
    })
    const { rows: lines } = await sql<{ payload: { details?: object; names?: boolean } }>`
      select payload from audit.trail where payload ->> 'actor' = ${priya.account.id} and payload ->> 'action' = 'export'`.execute(
      db.owner,
    )
    expect(lines).toHaveLength(1)
  })
})

describe('my work', () => {
  test('is not empty for whoever reviews and is allocated nobody', async () => {
    const page = await words(hamid, '/my-work')
    expect(page).toContain('Wren')
    expect(page).not.toContain('Rowan')
  })

  test('is filtered by status and worker; another’s account does not open their children', async () => {
    expect(await words(priya, '/my-work?status=looked-after')).not.toContain('Rowan Thwaite Show')
    const byWorker = await words(priya, `/my-work?worker=${lena.account.id}`)
    const table = byWorker.slice(
      byWorker.indexOf('Children of my teams'),
      byWorker.indexOf('Waiting for you'),
    )
    expect(table).toContain('=Skye Wren')
    expect(table).not.toContain('Rowan')
    expect((await visitor(priya).get('/my-work?status=__proto__&worker=nonsense')).statusCode).toBe(200)
    const mine = await words(sam, `/my-work?worker=${lena.account.id}`)
    expect(mine).not.toContain('Wren')
  })

  test('says what waits, and where whoever has no children begins', async () => {
    expect(await words(priya, '/my-work')).toContain('The team at a glance')
    const auditor = await signedIn(db, { name: 'Quinn Hale', roles: ['A-QA'] })
    expect(await words(auditor, '/my-work')).toContain('Practice audits')
  })
})
