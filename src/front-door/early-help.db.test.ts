import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { casework } from '../casework/area.ts'
import { people } from '../people/area.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { aChild, fact } from '../testing/factories.ts'
import { anAccount, aTeam, signedIn } from '../testing/signed-in.ts'
import { involve } from '../testing/ties.ts'
import { aHouse, mainWords, Visitor } from '../testing/visitor.ts'
import { frontDoor } from './area.ts'

let db: TestDatabase
let house: FastifyInstance
let manager: Visitor
let door: Visitor
let child: string
let team: string
let lead: string

beforeAll(async () => {
  db = await testDatabase()
  house = await aHouse(db, { areas: [people, casework, frontDoor] })
  team = await aTeam(db)
  manager = new Visitor(house, await signedIn(db, { name: 'Priya Shah', roles: ['A-TM'], teams: [team] }))
  door = new Visitor(
    house,
    await signedIn(db, { name: 'Moira Kent', roles: ['A-DUTY', 'A-TM'], teams: [team] }),
  )
  lead = await anAccount(db, { name: 'Fay Rowe', roles: ['A-SW'], teams: [team] })
  child = await aChild(db.owner, { name: 'Wynn Tarn', born: '2016-05-05' })
  await involve(db, child, { team })
  await fact(db.owner, 'referral', {
    person_id: child,
    referral_date: '2026-09-01',
    referral_source_code: '2A',
    referral_nfa: false,
  })
})
afterAll(async () => {
  await house?.close()
  await db?.close()
})

const page = () => `/children/${child}/early-help`
const rows = async <T>(query: ReturnType<typeof sql<T>>) => (await query.execute(db.owner)).rows
const help = async () =>
  (
    await rows<{ id: string; state: string }>(
      sql`select id, state from record.early_help where person_id = ${child} order by id desc limit 1`,
    )
  )[0]!
const move = async (visitor: Visitor, step: string, typed: Record<string, string>) =>
  visitor.post(`${page()}/${(await help()).id}/${step}`, typed, { page: page() })

test('a case steps down to early help: it closes once somebody there has accepted, and not before', async () => {
  const asked = await manager.post(
    `${page()}/new`,
    { reason: 'Routines', consentBy: 'Mum', headline: 'Bedtimes and school', stepDown: 'yes' },
    { page: page() },
  )
  expect(asked.statusCode, mainWords(asked.body)).toBe(303)
  expect(await rows(sql`select came_from, plan_headline from record.early_help`)).toEqual([
    { came_from: 'step-down', plan_headline: 'Bedtimes and school' },
  ])
  const early = await manager.post(`/children/${child}/close`, {
    on: 'today',
    reason: 'RC7',
    words: 'Enough has changed',
  })
  expect(mainWords(early.body)).toContain('A step-down that nobody in early help has accepted yet')
  expect(await rows(sql`select from record.referral where close_date is not null`)).toEqual([])
  expect(mainWords((await move(manager, 'accept', {})).body)).toContain('Say who leads')
  expect(
    (await move(manager, 'accept', { lead: `${team} ${lead}`, organisation: 'Fellshire' })).statusCode,
  ).toBe(303)
  expect((await help()).state).toBe('assessing')
  expect(mainWords((await manager.get(`/children/${child}/close`)).body)).not.toContain(
    'nobody in early help has accepted',
  )
  expect(
    await rows(
      sql`select account_id from record.involvement where person_id = ${child} and kind = 'allocated'`,
    ),
  ).toEqual([{ account_id: lead }])
  expect(
    await rows(
      sql`select clock from record.due where person_id = ${child} and clock = 'EH-01' and state = 'open'`,
    ),
  ).toHaveLength(1)
})

test('the same record is assessed, planned, reviewed; without agreement nothing closes by itself', async () => {
  expect(mainWords((await move(manager, 'assessed', { on: 'today', need: 'yes' })).body)).not.toContain(
    'Ended',
  )
  expect(
    (
      await move(manager, 'assessed', {
        on: 'today',
        need: 'yes',
        headline: 'Bedtimes, school, a break for mum',
      })
    ).statusCode,
  ).toBe(303)
  expect(
    (
      await move(manager, 'review', {
        kind: 'team-around-family',
        on: 'today',
        words: 'All came; school mornings go better',
      })
    ).statusCode,
  ).toBe(303)
  expect(
    await rows(
      sql`select kind from record.event where person_id = ${child} and kind like any (array['early-help%', 'team-around%']) order by kind`,
    ),
  ).toEqual(
    ['early-help-accepted', 'early-help-assessed', 'early-help-requested', 'team-around-family-met'].map(
      (kind) => ({ kind }),
    ),
  )
  expect((await move(manager, 'withdraw-consent', { on: 'today' })).statusCode).toBe(303)
  expect((await help()).state).toBe('consent-withdrawn')
  expect((await move(manager, 'agree-again', { consentBy: 'Mum' })).statusCode).toBe(303)
  expect(mainWords((await manager.get(page())).body)).toContain('Bedtimes, school, a break for mum')
})

test('a step-up is a referral from early help, asked for where the family is known and decided at the front door', async () => {
  await sql`update record.referral set close_date = current_date, close_reason = 'RC7' where person_id = ${child}`.execute(
    db.owner,
  )
  const { id } = await help()
  const typed = { reason: 'Neglect', priority: 'this-week', team: `${team} team` }
  expect(
    mainWords((await door.post(`/front-door/step-up/${child}/${id}`, typed, { page: page() })).body),
  ).toContain('Nobody has asked to step this up')
  expect((await move(manager, 'ask-step-up', { reason: 'Dad is back and drinking' })).statusCode).toBe(303)
  const taken = await door.post(`/front-door/step-up/${child}/${id}`, typed, { page: page() })
  expect(taken.statusCode, mainWords(taken.body)).toBe(303)
  expect(
    await rows(
      sql`select referral_source_code::text as source, referral_nfa as nfa from record.referral where person_id = ${child} and close_date is null`,
    ),
  ).toEqual([{ source: '5D', nfa: false }])
  expect((await help()).state).toBe('stepped-up')
  expect(await rows(sql`select earl_episode_end_reason as why from ssd.ssd_early_help_episodes`)).toEqual([
    { why: 'stepped-up' },
  ])
})
