import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openList, openRecord } from '../access/opening.ts'
import { reading, writing } from '../access/reading.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { aChild, aChildProtectionPlan, anEpisodeOfNeed } from '../testing/factories.ts'
import { aTeam, signedIn } from '../testing/signed-in.ts'
import { involve, restricted } from '../testing/ties.ts'
import { aHouse, mainWords, Visitor } from '../testing/visitor.ts'
import { areas as every } from '../web/areas.ts'
import type { Session } from '../web/session.ts'
import { addDays, dayOf } from '../web/words.ts'
import { drawAudit, fileFinding, sampleOf } from './practice-audit-store.ts'
import { fileSupervision, signSupervision, supervisions } from './supervision-store.ts'

const areas = every.filter(({ name }) => name !== 'access')
const today = dayOf(new Date())

let db: TestDatabase
let house: Awaited<ReturnType<typeof aHouse>>
let sam: Session
let colleague: Session
let priya: Session
let greta: Session
let beth: Session
let quinn: Session
let rowan: string
const children: string[] = []

const visitor = (session: Session) => new Visitor(house, session)

beforeAll(async () => {
  db = await testDatabase()
  house = await aHouse(db, { areas })
  const service = await aTeam(db)
  const east = await aTeam(db, service)
  sam = await signedIn(db, { name: 'Sam Okoro', roles: ['A-SW'], teams: [east] })
  colleague = await signedIn(db, { name: 'Lena Brandt', roles: ['A-SW'], teams: [east] })
  priya = await signedIn(db, { name: 'Priya Shah', roles: ['A-TM'], teams: [east] })
  greta = await signedIn(db, { name: 'Greta Osei', roles: ['A-TM'], teams: [await aTeam(db)] })
  beth = await signedIn(db, { name: 'Beth Arnott', roles: ['A-SM'], teams: [service] })
  quinn = await signedIn(db, { name: 'Quinn Hale', roles: ['A-QA'] })
  for (const forename of ['Rowan', 'Ash', 'Skye', 'Wren']) {
    const child = await aChild(db.owner, { forename, surname: 'Thwaite' })
    await involve(db, child, { account: sam.account.id, team: east })
    await anEpisodeOfNeed(db.owner, child, { from: '2026-01-05' })
    await aChildProtectionPlan(db.owner, child, { from: '2026-02-02' })
    children.push(child)
  }
  rowan = children[0]!
  await restricted(db, children[3]!, 2)
})
afterAll(() => db?.close())

describe('supervision', () => {
  let id: string

  test('the agenda is the worker’s caseload; a decision goes on the child’s record with its reason, wellbeing on none', async () => {
    const manager = visitor(priya)
    const path = `/supervision/new?of=${sam.account.id}`
    const agenda = mainWords((await manager.get(path)).body)
    expect(agenda).toContain('Rowan Thwaite')
    expect(agenda).toContain('No management oversight on record')
    expect(agenda).not.toContain('Wren')
    const without = await manager.post(path, { held: today, [`child[${rowan}][decision]`]: 'See her alone' })
    expect(without.statusCode).toBe(422)
    const filed = await manager.post(path, {
      held: today,
      wellbeing: 'Sam sleeps badly since the hearing',
      agreed: 'Two days of leave',
      next: addDays(today, 14),
      [`child[${rowan}][decision]`]: 'See her alone before Friday',
      [`child[${rowan}][why]`]: 'Nobody has since the plan began',
    })
    expect(filed.statusCode).toBe(303)
    id = filed.headers.location!.split('/').at(-1)!
    const record = mainWords((await visitor(sam).get(`/children/${rowan}/oversight`)).body)
    expect(record).toContain('See her alone before Friday')
    expect(record).toContain('Why: Nobody has since the plan began')
    expect(record).toContain('Priya Shah, in supervision')
    const { rows } = await sql<{ kept: boolean }>`
      select exists (select from record.note_paragraph where words ilike '%sleeps badly%') as kept`.execute(
      db.owner,
    )
    expect(rows[0]!.kept).toBe(false)
  })

  test('is read by the two of them and nobody else, not by a senior manager, and not past the page', async () => {
    for (const session of [sam, priya])
      expect(mainWords((await visitor(session).get(`/supervision/${id}`)).body)).toContain('sleeps badly')
    for (const session of [colleague, greta, beth]) {
      expect((await visitor(session).get(`/supervision/${id}`)).statusCode).toBe(404)
      expect(await reading(db.app, session, (trx) => supervisions(trx))).toEqual([])
      const { rows } = await reading(db.app, session, (trx) =>
        sql`select * from team.supervision_child`.execute(trx),
      )
      expect(rows).toEqual([])
    }
  })

  test('is signed by the worker, once, and by nobody for them', async () => {
    const sign = (session: Session) => writing(db.app, session, (trx) => signSupervision(trx, id, undefined))
    expect(await sign(priya)).toBe(false)
    expect(await sign(colleague)).toBe(false)
    const answer = await visitor(sam).post(
      `/supervision/${id}/sign`,
      { words: 'I would like the leave in March' },
      { page: `/supervision/${id}` },
    )
    expect(answer.statusCode).toBe(303)
    expect(await sign(sam)).toBe(false)
    expect(mainWords((await visitor(priya).get(`/supervision/${id}`)).body)).toContain(
      'I would like the leave in March',
    )
    expect(mainWords((await visitor(priya).get('/supervision')).body)).toContain('Lena Brandt')
  })

  test('nobody supervises upwards, sideways, in another team, or themselves; and no note of somebody else’s is taken in', async () => {
    const file = (session: Session, worker: Session) =>
      writing(db.app, session, (trx) =>
        fileSupervision(trx, {
          worker: worker.account.id,
          held: today,
          wellbeing: undefined,
          agreed: 'x',
          next: undefined,
          children: [],
        }),
      )
    for (const [supervisor, worker] of [
      [sam, priya],
      [colleague, sam],
      [greta, sam],
      [priya, priya],
      [priya, beth],
    ] as const)
      expect(await file(supervisor, worker)).toBeUndefined()
    const { rows } = await sql<{
      id: string
    }>`select id from record.case_note where person_id = ${rowan} limit 1`.execute(db.owner)
    const stolen = await writing(db.app, beth, (trx) =>
      fileSupervision(trx, {
        worker: priya.account.id,
        held: today,
        wellbeing: undefined,
        agreed: 'x',
        next: undefined,
        children: [{ person: rowan, note: rows[0]!.id }],
      }),
    )
    expect(stolen).toBeDefined()
    const held = await reading(db.app, beth, (trx) => supervisions(trx))
    expect(held[0]!.children).toEqual([])
  })

  test('a manager puts a decision on the record without supervision; a worker does not', async () => {
    const path = `/children/${rowan}/oversight`
    expect((await visitor(sam).post(path, { decision: 'Mine', why: 'Mine' })).statusCode).toBe(403)
    await visitor(priya).post(path, {
      decision: 'Hold a legal planning meeting',
      why: 'The plan does not move',
    })
    expect(mainWords((await visitor(priya).get(path)).body)).toContain('Hold a legal planning meeting')
  })
})

describe('a practice audit', () => {
  const order = async (session: Session, changes: object = {}) => {
    await openList(db.app, session, 'caseload', { purpose: 'a test' })
    return writing(db.app, session, (trx) =>
      drawAudit(trx, {
        title: 'The child’s voice',
        questions: ['Is the child heard?'],
        badges: ['child-protection'],
        seed: 'a cairn',
        wanted: 2,
        auditor: quinn.account.id,
        until: addDays(today, 10),
        ...changes,
      }),
    )
  }
  const reads = async (person: string, groups = ['F25']) =>
    (await openRecord(db.app, quinn, person, { purpose: 'a test', groups })).allowed
  const drawn = (audit: string, session = quinn) =>
    reading(db.app, session, async (trx) => (await sampleOf(trx, audit)).map(({ person }) => person))
  let audit: string
  let sample: string[]

  test('draws by its seed, the same again, nobody restricted, and opens exactly those to the auditor', async () => {
    for (const child of children) expect(await reads(child)).toBe(false)
    audit = (await order(beth))!
    sample = await drawn(audit)
    expect(sample).toHaveLength(2)
    for (const child of children) expect(await reads(child)).toBe(sample.includes(child))
    expect(await drawn((await order(beth, { wanted: 2 }))!, beth)).toEqual(sample)
    expect(await drawn((await order(beth, { wanted: 50 }))!, beth)).not.toContain(children[3])
    const written = await openRecord(db.app, quinn, sample[0]!, {
      purpose: 'a test',
      groups: ['F25'],
      action: 'write',
    })
    expect(written.allowed).toBe(false)
  })

  test('is ordered by a head of service, of a practice auditor, for thirty days at most', async () => {
    expect(await order(priya)).toBeUndefined()
    expect(await order(beth, { auditor: sam.account.id })).toBeUndefined()
    expect(await order(beth, { badges: ['care-leaver'] })).toBeUndefined()
    await expect(order(beth, { until: addDays(today, 31) })).rejects.toThrow()
  })

  test('what was found stands on the record, is filed once and by the auditor; the worker says what was done', async () => {
    const [person] = sample as [string, string]
    const found = {
      answers: ['Yes'],
      grade: 'good',
      findings: 'She is heard',
      action: 'Write the plan for her',
      by: addDays(today, 7),
    } as const
    const file = async (session: Session) => {
      await openRecord(db.app, session, person, { purpose: 'a test', groups: ['F25'] })
      return writing(db.app, session, (trx) =>
        fileFinding(trx, audit, person, { ...found, answers: [...found.answers] }),
      )
    }
    expect(await file(sam)).toBe(false)
    const page = mainWords((await visitor(quinn).get(`/practice-audits/${audit}/children/${person}`)).body)
    expect(page).toContain('Is the child heard?')
    const filed = await visitor(quinn).post(`/practice-audits/${audit}/children/${person}`, {
      'answer[0]': 'Yes',
      grade: 'good',
      findings: 'She is heard',
      action: 'Write the plan for her',
      by: addDays(today, 7),
    })
    expect(filed.statusCode).toBe(303)
    expect(await file(quinn)).toBe(false)
    expect(
      mainWords((await visitor(sam).get(`/practice-audits/${audit}/children/${person}`)).body),
    ).toContain('She is heard')
    const done = await visitor(sam).post(
      `/practice-audits/${audit}/children/${person}/actions-done`,
      { words: 'She has her own page now' },
      { page: `/practice-audits/${audit}/children/${person}` },
    )
    expect(done.statusCode).toBe(303)
    expect(mainWords((await visitor(beth).get(`/practice-audits/${audit}`)).body)).toContain('Done')
  })

  test('the register shows figures to those who may, and names nobody to whoever did not order it', async () => {
    const other = await signedIn(db, { name: 'Ruth Fenn', roles: ['A-DPO'] })
    expect(mainWords((await visitor(other).get('/practice-audits')).body)).toContain('The child’s voice')
    expect(await drawn(audit, other)).toEqual([])
    expect((await visitor(sam).get('/practice-audits')).statusCode).toBe(403)
  })

  test('ended, it is closed to the auditor at once, and findings come too late', async () => {
    const second = sample[1]!
    const answer = await visitor(beth).post(
      `/practice-audits/${audit}/end`,
      { outcome: 'Children are heard' },
      { page: `/practice-audits/${audit}` },
    )
    expect(answer.statusCode).toBe(303)
    // The others that were drawn above hold the same children.
    await sql`update access.tie set ended_at = now() where kind = 'sampled-audit' and id not in (select tie_id from record.case_audit where audit_id = ${audit})`.execute(
      db.owner,
    )
    expect(await reads(second)).toBe(false)
    expect(
      (
        await visitor(quinn).post(
          `/practice-audits/${audit}/children/${second}`,
          { 'answer[0]': '', grade: 'good', findings: 'x' },
          { page: '/practice-audits' },
        )
      ).statusCode,
    ).toBe(403)
  })
})
