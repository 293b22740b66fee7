import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writing } from '../access/reading.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { signedIn } from '../testing/signed-in.ts'
import { aHouse, mainWords, Visitor } from '../testing/visitor.ts'
import type { Session } from '../web/session.ts'
import { governance } from './area.ts'
import { driftOf } from './drift.ts'
import { evidence } from './evidence.ts'
import { factsOn } from './gathering.ts'
import { makeNotice } from './notice.ts'
import { registers } from './registers.ts'
import { decide, inForce, type Proposal, propose } from './store.ts'

let db: TestDatabase
let house: FastifyInstance
let officer: Session
let dpo: Session
let worker: Session
const today = '2026-11-25'
beforeAll(async () => {
  db = await testDatabase()
  house = await aHouse(db, { areas: [governance], now: () => new Date(`${today}T10:00:00Z`) })
  officer = await signedIn(db, { name: 'Joan Vale', roles: ['A-IG'] })
  dpo = await signedIn(db, { name: 'Ruth Ames', roles: ['A-DPO'] })
  worker = await signedIn(db, { name: 'Sam Reed', roles: ['A-SW'] })
})
afterAll(async () => {
  await house?.close()
  await db?.close()
})

const change = (over: Partial<Proposal> = {}): Proposal => ({
  register: 'recipients',
  key: 'REC-SCHOOL',
  body: {
    name: 'Schools',
    kind: 'Education',
    plain: 'to keep a child safe',
    rules: ['D-SCH-01'],
    agreement: null,
  },
  ends: false,
  from: today,
  reason: 'shorter words',
  ...over,
})
const asked = (session: Session, one: Proposal) =>
  writing(db.app, session, (trx) => propose(trx, session, one))
const decided = (session: Session, id: string, outcome: 'approved' | 'refused' | 'taken-back', words = '') =>
  writing(db.app, session, (trx) => decide(trx, session, id, outcome, words))
const school = async (on: string, knownAt?: Date) =>
  (await inForce(db.app, 'recipients', on, knownAt)).find(({ key }) => key === 'REC-SCHOOL')?.name

test('what the software brings is in force, and is what each register says', async () => {
  for (const register of registers) expect((await inForce(db.app, register, today)).length).toBeGreaterThan(0)
})

describe('a change of a register', () => {
  test('T13, T16: two people stand behind it, never one’s own; refused to anybody else', async () => {
    const id = (await asked(officer, change()))!
    expect(await asked(dpo, change())).toBeNull()
    // An information governance officer proposes; who decides is a data protection officer, Caldicott or head of service.
    await expect(decided(officer, id, 'approved')).rejects.toThrow()
    await expect(asked(worker, change({ key: 'REC-X' }))).rejects.toThrow()
    await expect(decided(worker, id, 'approved')).rejects.toThrow()
    expect(await decided(dpo, id, 'approved')).toBe(true)
    expect(await decided(dpo, id, 'refused', 'too late')).toBe(false)
    const own = (await asked(dpo, change({ key: 'REC-OWN' })))!
    expect(await decided(dpo, own, 'approved')).toBe(false)
    expect(await decided(dpo, own, 'taken-back')).toBe(true)
    await expect(
      sql`update governance.entry set decided_by = proposed_by where id = ${id}`.execute(db.owner),
    ).rejects.toThrow(/never_ones_own/)
    await expect(sql`update governance.entry set body = '{}'`.execute(db.app)).rejects.toThrow()
    await expect(
      sql`insert into governance.entry (register, key) values ('sources', 'A-B')`.execute(db.app),
    ).rejects.toThrow()
  })

  test('T16: holds from its day, and any day can be told again as it was known then', async () => {
    const before = new Date()
    const id = (await asked(
      officer,
      change({ from: '2026-12-01', body: { ...(change().body as object), name: 'Schools and colleges' } }),
    ))!
    expect(await school('2026-12-02')).toBe('Schools')
    await decided(dpo, id, 'approved')
    expect([await school(today), await school('2026-12-02')]).toEqual(['Schools', 'Schools and colleges'])
    expect(await school('2026-12-02', before)).toBe('Schools')
    const end = (await asked(officer, change({ from: '2027-01-01', ends: true })))!
    await decided(dpo, end, 'approved')
    expect([await school('2026-12-31'), await school('2027-01-01')]).toEqual([
      'Schools and colleges',
      undefined,
    ])
  })

  test('stands on the trail', async () => {
    const { rows } = await sql<{ actions: string[] }>`
      select array_agg(distinct payload ->> 'action' order by payload ->> 'action') as actions from audit.trail where payload ->> 'action' like 'register change%'`.execute(
      db.owner,
    )
    expect(rows[0]!.actions).toEqual([
      'register change approved',
      'register change proposed',
      'register change taken-back',
    ])
  })
})

describe('on the pages', () => {
  test('N91, G16: a notice is not published while a contact point is blank; then two people publish it, and everybody reads it', async () => {
    const [ig, head, anybody] = [new Visitor(house, officer), new Visitor(house, dpo), new Visitor(house)]
    expect(mainWords((await anybody.get('/privacy')).body)).toContain('has not been published yet')
    const page = '/governance/notices/families'
    expect(mainWords((await ig.get(page)).body)).toContain(
      'It cannot be published while a contact point is blank',
    )
    const gated = await ig.post(
      page,
      { reason: 'first version' },
      { page: '/governance/registers/contacts/new' },
    )
    expect([gated.statusCode, mainWords(gated.body)]).toEqual([
      409,
      expect.stringContaining('A contact point is blank'),
    ])

    for (const { key, name, required } of await inForce(db.app, 'contacts', today)) {
      const form = `/governance/registers/contacts/${key}`
      const filled = {
        key,
        name,
        value: `office of ${key.toLowerCase()}`,
        from: '25/11/2026',
        reason: 'said by the Trust',
      }
      await ig.post('/governance/registers/contacts', required ? { ...filled, required: 'yes' } : filled, {
        page: form,
      })
      const { body } = await head.get(form)
      const change = /\/governance\/changes\/[0-9a-f-]{36}/.exec(body)![0]
      expect((await head.post(change, { outcome: 'approved' }, { page: form })).statusCode).toBe(303)
    }
    const proposed = await ig.post(page, { reason: 'first version' }, { page })
    expect(proposed.statusCode).toBe(303)
    expect(mainWords((await ig.get(page)).body)).toContain('You proposed it: another person decides')
    const waiting = /\/governance\/notices\/families\/[0-9a-f-]{36}/.exec((await head.get(page)).body)![0]
    expect((await ig.post(waiting, { outcome: 'approved' }, { page })).statusCode).toBe(403)
    expect((await head.post(waiting, { outcome: 'refused' }, { page })).statusCode).toBe(422)
    expect((await head.post(waiting, { outcome: 'approved' }, { page })).statusCode).toBe(303)

    const notice = mainWords((await anybody.get('/privacy')).body)
    for (const words of [
      'How we use your information',
      'office of con-dpo-email',
      'The police',
      'our public task',
      'until the 75th birthday',
    ])
      expect(notice).toContain(words)
    const facts = await factsOn(db.app, house.deps.config.authority.name, today)
    expect(driftOf(facts, makeNotice('families', facts), evidence).map(({ kind }) => kind)).not.toContain(
      'text',
    )
    expect(mainWords((await head.get('/governance')).body)).not.toContain('The registers say otherwise')
  })

  test('a register that changes makes the notice drift, and says what would change', async () => {
    const id = (await asked(
      officer,
      change({ key: 'REC-NEW', body: { ...(change().body as object), name: 'Youth hostels' } }),
    ))!
    await decided(dpo, id, 'approved')
    const ig = new Visitor(house, officer)
    expect(mainWords((await ig.get('/governance')).body)).toContain(
      'May be told, and is not in the notice: Youth hostels',
    )
    expect(mainWords((await ig.get('/governance/notices/families')).body)).toContain(
      'Youth hostels | to keep a child safe',
    )
  })

  test('a register is shown as it stood; what is typed badly is said at its field; a stranger’s address leads nowhere', async () => {
    const ig = new Visitor(house, officer)
    expect(mainWords((await ig.get('/governance/registers/recipients?on=1/1/2027')).body)).not.toContain(
      'REC-SCHOOL',
    )
    const bad = await ig.post(
      '/governance/registers/retention',
      { key: 'R-NEW-01', about: 'Something', years: 'many', from: '1/1/2027', reason: 'why not' },
      { page: '/governance/registers/retention/new' },
    )
    expect([bad.statusCode, mainWords(bad.body)]).toEqual([422, expect.stringContaining('Years: say it')])
    for (const path of [
      'registers/nothing',
      'registers/constructor',
      'notices/__proto__',
      'registers/recipients/REC-NOBODY',
    ])
      expect((await ig.get(`/governance/${path}`)).statusCode).toBe(404)
    expect((await new Visitor(house).get('/privacy/constructor')).statusCode).toBe(404)
    for (const path of ['evidence', 'corrections', 'notices', 'registers/lawful-bases/LB-01'])
      expect((await ig.get(`/governance/${path}`)).statusCode).toBe(200)
  })
})
