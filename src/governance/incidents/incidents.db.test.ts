import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../testing/database.ts'
import { signedIn } from '../../testing/signed-in.ts'
import { aHouse, mainWords, Visitor } from '../../testing/visitor.ts'
import { governance } from '../area.ts'

let db: TestDatabase
let house: FastifyInstance
let worker: Visitor
let other: Visitor
let officer: Visitor
let dpo: Visitor
let clock = Date.now()
beforeAll(async () => {
  db = await testDatabase()
  house = await aHouse(db, { areas: [governance], now: () => new Date(clock) })
  const visitor = async (name: string, role: 'A-SW' | 'A-IG' | 'A-DPO') =>
    new Visitor(house, await signedIn(db, { name, roles: [role] }))
  worker = await visitor('Sam Reed', 'A-SW')
  other = await visitor('Tom Pike', 'A-SW')
  officer = await visitor('Joan Vale', 'A-IG')
  dpo = await visitor('Ruth Ames', 'A-DPO')
})
afterAll(async () => {
  await house?.close()
  await db?.close()
})

const hoursAgo = (n: number) => {
  const at = new Date(clock - n * 3_600_000)
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', ...options }).format(at)
  return {
    day: part({ day: '2-digit', month: '2-digit', year: 'numeric' }),
    time: part({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
  }
}
const page = '/something-went-wrong'
const letter = (over: Record<string, string> = {}) => ({
  kind: 'wrong-person',
  words: 'The adopters’ address was on the letter to the birth mother',
  dangers: 'adoptive-identity',
  still_out: 'yes',
  people: '3',
  ...hoursAgo(5),
  ...over,
})
const reported = async (by: Visitor, over = {}) => {
  const answer = await by.post(page, letter(over), { page })
  expect(answer.statusCode).toBe(303)
  return String(answer.headers.location)
}
const step = (by: Visitor, at: string, kind: string, fields: Record<string, string>) =>
  by.post(`${at}/steps/${kind}`, { ...hoursAgo(0), ...fields }, { page: `${at}?step=${kind}` })
const judged = (over: Record<string, string> = {}) => ({
  ...Object.fromEntries(
    [
      'sensitivity',
      'identifiability',
      'hostility',
      'containment',
      'vulnerability',
      'number',
      'irreversibility',
    ].map((one) => [one, '1']),
  ),
  risk: 'high',
  why: 'somebody may be found by whom they fled',
  ...over,
})

describe('N74: somebody says that something went wrong', () => {
  test('from any page; what is missing or ahead of its time is said at its field, and what was typed stands', async () => {
    expect((await worker.get(page)).body).toContain('Something went wrong?')
    const bad = await worker.post(page, { words: 'short', still_out: 'maybe', ...hoursAgo(-30) }, { page })
    expect(bad.statusCode).toBe(422)
    for (const words of [
      'Choose what happened',
      'Say a little more',
      'Say whether it is still out',
      'You became aware today or before',
    ])
      expect(mainWords(bad.body)).toContain(words)
    expect(bad.body).toContain('short')
  })

  test('who handles incidents is told at once and reads all; who reported it reads what they said; nobody else anything', async () => {
    const at = await reported(worker)
    expect(mainWords((await worker.get(at)).body)).toContain('information governance was told at once')
    expect(mainWords((await worker.get(at)).body)).not.toContain('To be done')
    expect((await other.get(at)).statusCode).toBe(404)
    expect((await worker.get('/incidents')).statusCode).toBe(403)
    expect((await step(worker, at, 'note', { words: 'let me in' })).statusCode).toBe(403)
    expect(mainWords((await officer.get('/notices')).body)).toContain(
      'said that something went wrong with personal information',
    )
    const words = mainWords((await officer.get(at)).body)
    expect(words).toMatch(
      /To be done, in this order Make a safety plan .* Get it back.* Judge the risk Tell the regulator by .*66 hours left/,
    )
    await expect(sql`select * from governance.incident`.execute(db.app)).rejects.toThrow()
    const { rows } = await sql`
      select from audit.trail where payload ->> 'action' = 'incidents read' and payload ->> 'actor' = (select id::text from access.account where display_name = 'Joan Vale')`.execute(
      db.owner,
    )
    expect(rows.length).toBeGreaterThan(0)
  })
})

describe('N75, N76: it is handled', () => {
  test('safety, risk, the regulator in time, the people; then somebody else than who reported it closes it', async () => {
    const at = await reported(officer)
    expect((await step(officer, at, 'safety', { plan: 'The family moves tonight' })).statusCode).toBe(303)
    expect(
      (await step(officer, at, 'containment', { what: 'The letter was fetched back unread' })).statusCode,
    ).toBe(303)
    const low = await step(officer, at, 'risk', judged({ risk: 'unlikely', why: 'fine' }))
    expect(mainWords(low.body)).toContain('The answers propose ‘a high risk’')
    expect((await step(officer, at, 'risk', judged())).statusCode).toBe(303)
    const early = await step(dpo, at, 'closed', { outcome: 'done' })
    expect(mainWords(early.body)).toMatch(
      /Not yet: Tell the regulator; Tell the people.*; Say what was learnt/,
    )
    const notification = {
      phase: 'initial',
      nature: 'A letter went to the wrong person',
      people: 'three',
      records: 'one letter',
      consequences: 'the adopters may be found',
      measures: 'they are moved',
    }
    expect((await step(officer, at, 'regulator', notification)).statusCode).toBe(303)
    expect(mainWords((await dpo.get(`${at}/regulator`)).body)).toContain('A letter went to the wrong person')
    const unsafe = await step(officer, at, 'told', {
      whom: 'parent',
      channel: 'by visit',
      said: 'what happened',
    })
    expect(mainWords(unsafe.body)).toContain('how you made sure that it is safe')
    await step(officer, at, 'told', {
      whom: 'parent',
      channel: 'by visit',
      safeContact: 'rang the refuge worker',
      said: 'what happened',
    })
    await step(dpo, at, 'lesson', { learnt: 'two envelopes lay open', changes: 'one at a time' })
    expect((await step(officer, at, 'closed', { outcome: 'done' })).statusCode).toBe(409)
    expect((await step(dpo, at, 'closed', { outcome: 'The family is safe' })).statusCode).toBe(303)
    expect((await step(officer, at, 'note', { words: 'one more thing' })).statusCode).toBe(409)
    expect((await step(dpo, at, 'reopened', { why: 'the letter was copied' })).statusCode).toBe(303)
    expect((await step(officer, at, 'note', { words: 'one more thing' })).statusCode).toBe(303)
  })

  test('T5: after 72 hours the regulator is told with the reason why late; the list says how late', async () => {
    const at = await reported(worker, { ...hoursAgo(80), dangers: '', still_out: 'no' })
    expect(mainWords((await officer.get('/incidents')).body)).toMatch(/[78] hours late/)
    const fields = {
      phase: 'initial',
      nature: 'x lost',
      people: 'one',
      records: 'one',
      consequences: 'none',
      measures: 'none',
    }
    const late = await step(officer, at, 'regulator', fields)
    expect(mainWords(late.body)).toContain('more than 72 hours since you became aware')
    expect(
      (await step(officer, at, 'regulator', { ...fields, late: 'the post was found on Monday' })).statusCode,
    ).toBe(303)
    clock += 1000
  })

  test('a step that is none, an incident that is none, lead nowhere', async () => {
    const at = await reported(worker, { dangers: '', near_miss: 'yes' })
    for (const kind of ['constructor', '__proto__', 'nothing'])
      expect((await step(officer, at, kind, {})).statusCode).toBe(404)
    expect((await officer.get('/incidents/00000000-0000-7000-8000-000000000000')).statusCode).toBe(404)
    expect((await officer.get('/incidents/constructor')).statusCode).toBe(404)
  })
})
