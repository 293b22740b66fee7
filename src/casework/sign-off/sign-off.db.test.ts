import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openRecords } from '../../access/opening.ts'
import { reading, type Work, writing } from '../../access/reading.ts'
import { type TestDatabase, testDatabase } from '../../testing/database.ts'
import { aFamily, fact } from '../../testing/factories.ts'
import { aTeam, signedIn } from '../../testing/signed-in.ts'
import { involve } from '../../testing/ties.ts'
import { aHouse, mainWords, Visitor } from '../../testing/visitor.ts'
import { areas as every } from '../../web/areas.ts'
import type { Session } from '../../web/session.ts'
import { paths } from '../paths.ts'
import { type Decided, declareSigned } from './kinds.ts'
import { type Act, acts, type Standing, whyNot } from './model.ts'
import { decide, mayNot, standingOf, stepsOf, submitForSignature, withdraw } from './store.ts'

const kind = 'test-plan'
const heard: Decided[] = []
let editing = false

declareSigned({
  kind,
  groups: ['F25'],
  href: ({ person }) => `/children/${person}/need`,
  follows: ['The plan begins'],
  content: async (trx, piece) => {
    const { rows } = await sql<{ need: string | null }>`
      select place_words as need from case_note where id = ${piece.fact}`.execute(trx)
    return rows.map((row) => ({ name: 'team', label: 'Team', text: row.need ?? '' }))
  },
  authorised: async (trx, decided) => {
    heard.push(decided)
    for (const { fact: plan } of decided.of)
      await sql`update case_note set significant = true where id = ${plan}`.execute(trx)
    if (editing)
      await sql`update case_note set place_words = 'quite another' where id = ${decided.of[0]!.fact}`.execute(
        trx,
      )
  },
})

let db: TestDatabase
let team: string
let sam: Session
let mel: Session
let other: Session
let children: string[]
let plans: string[]
const now = new Date('2026-11-25T10:00:00Z')
const groups = ['F01', 'F12', 'F25', 'F26']

beforeAll(async () => {
  db = await testDatabase()
  await sql`call foundation.signs('test-plan', 'Plan', 'record.case_note', 'F25', '{A-TM}', '{}', '{significant,significant_on}')`.execute(
    db.owner,
  )
  team = await aTeam(db)
  sam = await signedIn(db, { name: 'Sam Okoro', roles: ['A-SW'], teams: [team] })
  mel = await signedIn(db, { name: 'Mel Ward', roles: ['A-TM'], teams: [team] })
  other = await signedIn(db, { name: 'Olu Far', roles: ['A-TM'], teams: [await aTeam(db)] })
})
afterAll(() => db?.close())
beforeEach(async () => {
  children = (await aFamily(db.owner, { children: 2 })).children
  plans = []
  for (const child of children) {
    await involve(db, child, { account: sam.account.id })
    plans.push(
      await fact(db.owner, 'case_note', {
        person_id: child,
        kind: 'meeting',
        note_date: '2026-11-02',
        place_words: 'North',
      }),
    )
  }
  heard.length = 0
  editing = false
})

const of = () => plans.map((plan, n) => ({ person: children[n]!, fact: plan }))
async function as<T>(session: Session, work: Work<T>): Promise<T> {
  await openRecords(db.app, session, children, { purpose: 'a test', groups, action: 'write' })
  return writing(db.app, session, work)
}
const submit = (session = sam) => as(session, (trx) => submitForSignature(trx, kind, { of: of() }))
const sign = (session: Session, words = 'A clear plan') =>
  as(session, (trx) => decide(trx, kind, 'authorised', { of: of(), words, account: session.account.id, now }))
const giveBack = (session: Session) =>
  as(session, (trx) =>
    decide(trx, kind, 'returned', {
      of: of(),
      words: 'Say what the child wants',
      account: session.account.id,
      now,
    }),
  )
const standing = () => as(sam, (trx) => standingOf(trx, kind, plans[0]!))
const edit = (team: string) =>
  as(sam, (trx) => sql`update case_note set place_words = ${team} where id = ${plans[0]}`.execute(trx))

describe('what the database holds', () => {
  test('submitted once for two, returned, submitted again, signed; the area hears it in the same transaction', async () => {
    const work = await submit()
    await giveBack(mel)
    await edit('South')
    expect(await submit()).toBe(work)
    await sign(mel)
    expect(await standing()).toMatchObject({
      last: { act: 'authorised', version: 2, by: 'Mel Ward' },
      changed: false,
    })
    expect(heard.map(({ of: pieces, words }) => [pieces.length, words])).toEqual([[2, 'A clear plan']])
    const { rows } = await sql<{ act: string; as: string | null; rule: string | null }>`
      select act, acted_as as as, acted_by_rule as rule from record.sign_off where person_id = ${children[1]} order by turn`.execute(
      db.owner,
    )
    expect(rows).toEqual([
      { act: 'submitted', as: null, rule: null },
      { act: 'returned', as: 'A-TM', rule: 'team' },
      { act: 'submitted', as: null, rule: null },
      { act: 'authorised', as: 'A-TM', rule: 'team' },
    ])
    const { rows: told } = await sql<{ kind: string }>`
      select kind from record.event where person_id = ${children[0]} and fact_table = 'sign_off' order by recorded_at`.execute(
      db.owner,
    )
    expect(told.map((one) => one.kind)).toEqual([
      'work-submitted',
      'work-returned',
      'work-submitted',
      'work-authorised',
    ])
  })

  test('never one’s own: who sent it, who is allocated, who only wrote in it; and never past its line or role', async () => {
    await submit(mel)
    await expect(sign(mel)).rejects.toThrow('Nobody signs their own work')
    const samToo = await signedIn(db, { name: 'Ann Both', roles: ['A-SW', 'A-TM'], teams: [team] })
    for (const child of children)
      await sql`update record.involvement set account_id = ${samToo.account.id} where person_id = ${child}`.execute(
        db.owner,
      )
    await expect(sign(samToo)).rejects.toThrow('Nobody signs their own work')
    const peer = await signedIn(db, { name: 'Peer', roles: ['A-SW'], teams: [team] })
    for (const child of children)
      await involve(db, child, { account: peer.account.id }, { kind: 'co-working' })
    await expect(sign(peer)).rejects.toThrow('Another role signs')
    const far = await signedIn(db, { name: 'Far', roles: ['A-TM'], teams: [await aTeam(db)] })
    for (const child of children)
      await involve(db, child, { account: far.account.id }, { kind: 'co-working' })
    await expect(sign(far)).rejects.toThrow('in the line of the child’s worker')
    // Whoever has no opening writes nothing, whatever they ask for.
    await expect(
      writing(db.app, other, (trx) =>
        sql`insert into sign_off (person_id, field_group, kind, title, fact_id, work_id, turn, version, act, words, account_id, digest)
            values (${children[0]}, 'F25', ${kind}, 'Plan', ${plans[0]}, ${plans[0]}, 2, 1, 'authorised', 'fine', ${sam.account.id}, '')`.execute(
          trx,
        ),
      ),
    ).rejects.toMatchObject({ statusCode: 409 })
  })

  test('whoever wrote a part of it does not sign it', async () => {
    await sql`call foundation.signs('test-assessment', 'Assessment', 'record.assessment', 'F12', '{A-TM}', '{assessment_factor.assessment_id}', '{assessment_auth_date}')`.execute(
      db.owner,
    )
    const assessment = await fact(db.owner, 'assessment', {
      person_id: children[0],
      assessment_start_date: '2026-11-02',
    })
    await as(mel, (trx) =>
      sql`insert into assessment_factor (person_id, assessment_id, assessment_factor) values (${children[0]}, ${assessment}, '16A')`.execute(
        trx,
      ),
    )
    await as(sam, (trx) =>
      submitForSignature(trx, 'test-assessment', { of: [{ person: children[0]!, fact: assessment }] }),
    )
    expect(await as(mel, (trx) => mayNot(trx, 'test-assessment', assessment, 'authorised'))).toBe('own-work')
    await as(sam, (trx) =>
      sql`insert into assessment_factor (person_id, assessment_id, assessment_factor) values (${children[0]}, ${assessment}, '10A')`.execute(
        trx,
      ),
    )
    expect(await as(sam, (trx) => standingOf(trx, 'test-assessment', assessment))).toMatchObject({
      changed: true,
    })
  })

  test('what was changed after it was sent is not signed; what is changed after it was signed is signed again', async () => {
    await submit()
    await edit('South')
    await expect(sign(mel)).rejects.toThrow('changed after it was sent')
    await giveBack(mel)
    await submit()
    await sign(mel)
    await edit('West')
    expect(await standing()).toMatchObject({ last: { act: 'authorised' }, changed: true })
    await submit(sam)
    expect(await standing()).toMatchObject({ last: { act: 'submitted', version: 3 }, changed: false })
  })

  test('a transaction that signs and changes what it signs comes to nothing', async () => {
    await submit()
    editing = true
    await expect(sign(mel)).rejects.toMatchObject({ code: 'CA041' })
    expect(await standing()).toMatchObject({ last: { act: 'submitted' } })
  })

  test('no step is changed or taken out, and no decision is without words', async () => {
    await submit()
    await expect(
      as(mel, (trx) => sql`update sign_off set words = 'x' where work_id = ${plans[0]}`.execute(trx)),
    ).rejects.toThrow()
    await expect(sign(mel, '')).rejects.toThrow()
    await as(sam, (trx) => withdraw(trx, kind, { of: of() }))
    await expect(sign(mel)).rejects.toThrow('does not wait for a signature')
  })

  test('step by step it says what the model says', async () => {
    const people = [sam, mel, other]
    const actor = (session: Session) => ({
      account: session.account.id,
      own: session === sam,
      allocated: session === sam,
      role: session !== sam,
      line: session === mel,
      reads: true,
    })
    let random = 7
    const next = (most: number) => {
      random = (random * 48_271) % 2_147_483_647
      return random % most
    }
    for (let n = 0; n < 40; n += 1) {
      const session = people[next(people.length)]!
      const act = [...acts, 'edited'][next(acts.length + 1)] as Act | 'edited'
      if (act === 'edited') {
        await edit(`Team ${n}`)
        continue
      }
      const before: Standing = await standing()
      const why = await as(session, (trx) => mayNot(trx, kind, plans[0]!, act))
      const mine = before.last && (await as(sam, (trx) => stepsOf(trx, plans[0]!)))
      const sentIt = mine?.some((one) => one.act === 'submitted' && one.account === session.account.id)
      const asked = { ...actor(session), own: actor(session).own || sentIt === true }
      expect([act, why]).toEqual([act, whyNot(before, act, asked)])
      if (why || session === other) continue
      if (act === 'submitted') await submit(session)
      else if (act === 'withdrawn') await as(session, (trx) => withdraw(trx, kind, { of: of() }))
      else if (act === 'returned') await giveBack(session)
      else await sign(session)
    }
  })
})

describe('the pages of a signature', () => {
  test('sent, on the manager’s list, returned with reasons, changed with the change marked, signed', async () => {
    const house = await aHouse(db, { areas: every.filter(({ name }) => name !== 'access'), now: () => now })
    const worker = new Visitor(house, sam)
    const manager = new Visitor(house, mel)
    const work = await submit()
    const address = paths.signing({ person: children[0]!, work })
    expect(mainWords((await manager.get('/my-work')).body)).toContain('Waits for your signature')
    expect((await manager.get(paths.toSign())).body).toContain(`/signing/${work}`)
    const page = await manager.get(address)
    expect(mainWords(page.body)).toContain('The plan begins')
    expect((await manager.post(address, { decision: 'returned', words: '' })).statusCode).toBe(422)
    expect((await manager.post(address, { decision: 'returned', words: 'Which team?' })).statusCode).toBe(303)
    expect(mainWords((await worker.get('/my-work')).body)).toContain('Returned to you')
    expect((await worker.get(address)).body).not.toContain('name="decision"')
    await edit('North West')
    await submit()
    const again = await manager.get(address)
    expect(again.body).toContain('<ins>')
    expect(mainWords(again.body)).toContain('1 answer changed since version 1')
    expect((await manager.post(address, { decision: 'authorised', words: 'Clear now' })).statusCode).toBe(303)
    expect(mainWords((await worker.get(address)).body)).toContain('Signed')
    expect((await manager.post(address, { decision: 'authorised', words: 'Twice' })).statusCode).toBe(409)
    expect(heard).toHaveLength(1)
  })

  test('whoever sent it takes it back; a stranger is told nothing of it', async () => {
    const house = await aHouse(db, { areas: every.filter(({ name }) => name !== 'access'), now: () => now })
    const work = await submit()
    const address = paths.signing({ person: children[0]!, work })
    const worker = new Visitor(house, sam)
    const answer = await worker.post(
      paths.signingWithdraw({ person: children[0]!, work }),
      {},
      { page: address },
    )
    expect(answer.statusCode).toBe(303)
    expect((await standing()).last?.act).toBe('withdrawn')
    expect((await new Visitor(house, other).get(address)).statusCode).toBe(403)
    const { rows } = await reading(db.app, other, (trx) =>
      sql<{ people: string[] }>`select record.people_of_work(${work}) as people`.execute(trx),
    )
    expect(rows[0]!.people).toEqual([])
  })
})
