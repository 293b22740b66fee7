import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { casework } from '../casework/area.ts'
import { forms } from '../forms/area.ts'
import { people } from '../people/area.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { aChild, aFamily, anEpisodeOfNeed, fact } from '../testing/factories.ts'
import { anAccount, aTeam, signedIn } from '../testing/signed-in.ts'
import { restricted } from '../testing/ties.ts'
import { aHouse, mainWords, Visitor } from '../testing/visitor.ts'
import { frontDoor } from './area.ts'

let db: TestDatabase
let house: FastifyInstance
let screener: Visitor
let manager: Visitor
let night: Visitor
let mother: string
let children: string[]
let worker: string
let team: string

const today = new Date().toISOString().slice(0, 10)

beforeAll(async () => {
  db = await testDatabase()
  house = await aHouse(db, { areas: [people, casework, forms, frontDoor] })
  team = await aTeam(db)
  const door = await aTeam(db)
  screener = new Visitor(house, await signedIn(db, { name: 'Dev Malik', roles: ['A-DUTY'], teams: [door] }))
  manager = new Visitor(
    house,
    await signedIn(db, { name: 'Moira Kent', roles: ['A-DUTY', 'A-TM'], teams: [door] }),
  )
  night = new Visitor(house, await signedIn(db, { name: 'Wendy Marsh', roles: ['A-EDT'] }))
  worker = await anAccount(db, { name: 'Sam Okoro', roles: ['A-SW'], teams: [team] })
  ;({ mother, children } = await aFamily(db.owner, { surname: 'Thwaite', children: 2 }))
})
afterAll(async () => {
  await house?.close()
  await db?.close()
})

const rows = async <T>(query: ReturnType<typeof sql<T>>) => (await query.execute(db.owner)).rows

const call = (more: Record<string, string> = {}) => ({
  method: 'phone',
  day: 'today',
  at: '09:15',
  source: '2A',
  agency: 'Fell Lane Primary',
  callerName: 'Mrs Hallam',
  what: 'He came in without a coat again.\n\n[police] There was a call to the house on Sunday.',
  safe: 'yes',
  consent: 'given',
  consentWords: 'Mum, to the school',
  knows: 'yes',
  ...more,
})
/** Looks first, as the page does, so that everybody alike has been shown. */
async function take(visitor: Visitor, typed: Record<string, string>) {
  const seen = await visitor.post('/contacts/new', { ...typed, step: 'look' })
  const shown = [...seen.body.matchAll(/name="shown" value="([^"]+)"/g)].map(([, id]) => id!)
  return visitor.post('/contacts/new', { ...typed, ...(shown.length ? { shown: shown.at(-1)! } : {}) })
}
const at = (answer: { headers: Record<string, unknown> }) => String(answer.headers.location)

describe('a telephone call', () => {
  let contact: string

  test('finds the child as heard, offers who lives with them, and shows every earlier worry of each', async () => {
    await anEpisodeOfNeed(db.owner, children[1]!, { from: '2025-12-03', closed: '2026-03-02' })
    await fact(db.owner, 'contact', {
      person_id: children[0],
      contact_date: '2026-06-01',
      contact_source_code: '6',
      contact_outcome: 'No further action',
      decided_on: '2026-06-02',
    })
    const typed = { 'person[0][as]': 'child', 'person[0][name]': 'thwait', 'person[0][born]': '3/9/2011' }
    const alike = await screener.post('/contacts/new/likely', typed, { page: '/contacts/new' })
    expect(alike.body).toContain(children[0])
    expect(mainWords(alike.body)).toContain('1 Jun 2026, contact from Police: No further action')
    const chosen = await screener.post(
      '/contacts/new/likely',
      { ...typed, 'person[0][is]': children[0]! },
      { page: '/contacts/new' },
    )
    expect(chosen.body).toContain(`name="also[${mother}]" value="mother"`)
    expect(chosen.body).toContain(`name="also[${children[1]}]" value="child"`)
    const all = await screener.post(
      '/contacts/new/likely',
      { ...typed, 'person[0][is]': children[0]!, [`also[${mother}]`]: 'mother' },
      { page: '/contacts/new' },
    )
    const words = mainWords(all.body)
    expect(words).toContain('3 Dec 2025, referral from School, about a child of theirs: closed')
    expect(words).toContain('1 Jun 2026, contact from Police, about a child of theirs')
  })

  test('is a contact for each child and a line for each adult, filed once', async () => {
    const typed = call({
      'person[0][as]': 'child',
      'person[0][name]': 'thwait',
      'person[0][is]': children[0]!,
      [`also[${mother}]`]: 'mother',
      [`also[${children[1]}]`]: 'child',
      _once: '0190a0a0-0000-7000-8000-000000000001',
    })
    const filed = await take(screener, typed)
    expect(filed.statusCode, mainWords(filed.body)).toBe(303)
    contact = at(filed)
    expect(at(await take(screener, typed))).toBe(contact)
    const together = contact.split('/').at(-1)!
    expect(
      await rows(
        sql`select person_id, contact_state, contact_source_code::text as source, contact_source_desc as school, consent from record.contact where received_together = ${together} order by id`,
      ),
    ).toEqual(
      children.map((id) => ({
        person_id: id,
        contact_state: 'screening',
        source: '2A',
        school: 'Fell Lane Primary',
        consent: 'given',
      })),
    )
    expect(
      await rows(
        sql`select person_id, named_as from record.contact_named where received_together = ${together}`,
      ),
    ).toEqual([{ person_id: mother, named_as: 'mother' }])
    const told = await rows<{ origin: string; parent_may_read: boolean }>(
      sql`select p.origin, p.parent_may_read from record.contact_paragraph p join record.contact c on c.id = p.contact_id where c.person_id = ${children[0]} and c.received_together = ${together} order by p.place`,
    )
    expect(told).toEqual([
      { origin: 'school', parent_may_read: true },
      { origin: 'police', parent_may_read: false },
    ])
    expect(
      await rows(
        sql`select informant_name, asked_to_stay_unnamed as unnamed from record.informant where person_id = ${children[0]}`,
      ),
    ).toEqual([{ informant_name: 'Mrs Hallam', unnamed: true }])
    expect(
      await rows(
        sql`select from record.due where person_id = ${children[0]} and clock = 'REF-01' and state = 'open'`,
      ),
    ).toHaveLength(1)
    const page = mainWords((await screener.get(contact)).body)
    expect(page).toContain('Would be a re-referral within 12 months')
    expect(page).toContain('Mrs Hallam')
    expect(page).toContain('Propose')
  })

  test('a screener proposes; what may not be decided is refused in words', async () => {
    const propose = (more: Record<string, string>) =>
      screener.post(`${contact}/decide`, { reason: 'Third time this term', ...more }, { page: contact })
    expect(mainWords((await propose({ decision: 'referral' })).body)).toContain('Say which threshold is met')
    expect(mainWords((await propose({ decision: 'linked-to-open-case' })).body)).toContain(
      'No case of this child is open',
    )
    expect(
      (await propose({ decision: 'referral', threshold: 'child-in-need', priority: 'this-week' })).statusCode,
    ).toBe(303)
    const [one] = await rows<{ proposed_decision: string; decision: null }>(
      sql`select proposed_decision, decision from record.contact where person_id = ${children[0]} and contact_state is not null`,
    )
    expect(one).toEqual({ proposed_decision: 'referral', decision: null })
    // And past the page the database refuses too.
    const session = await signedIn(db, { roles: ['A-DUTY'] })
    const { openRecord } = await import('../access/opening.ts')
    const { writing } = await import('../access/reading.ts')
    await openRecord(db.app, session, children[0]!, {
      purpose: 'an attempt',
      action: 'write',
      groups: ['F11'],
    })
    await expect(
      writing(db.app, session, (trx) =>
        sql`update contact set contact_state = 'decided', decision = 'no-further-action', decision_reason = 'x', decided_by = ${session.account.id}, decided_at = now(), decided_on = current_date where person_id = ${children[0]} and contact_state = 'screening'`.execute(
          trx,
        ),
      ),
    ).rejects.toThrow()
  })

  test('a manager decides: the referral has what the census asks, the team has the children, the clock has stopped', async () => {
    const decided = await manager.post(
      `${contact}/decide`,
      {
        decision: 'referral',
        reason: 'Neglect over a year',
        threshold: 'child-in-need',
        priority: 'this-week',
        team: `${team} ${worker}`,
        told: 'spoken',
        need: 'N1',
      },
      { page: contact },
    )
    expect(decided.statusCode, mainWords(decided.body)).toBe(303)
    const referrals = await rows(sql`
      select r.person_id, r.referral_date::text as day, r.referral_source_code::text as source, r.referral_nfa as nfa, r.cin_primary_need_code::text as need, c.decision, c.informed_how as told
        from record.referral r join record.contact c on c.id = r.contact_id order by r.id`)
    expect(referrals).toEqual(
      children.map((id) => ({
        person_id: id,
        day: today,
        source: '2A',
        nfa: false,
        need: 'N1',
        decision: 'referral',
        told: 'spoken',
      })),
    )
    expect(
      await rows(
        sql`select person_id from record.involvement where account_id = ${worker} and kind = 'allocated' order by 1`,
      ),
    ).toEqual([...children].sort().map((person_id) => ({ person_id })))
    expect(
      await rows(
        sql`select from record.due where person_id = ${children[0]} and clock = 'REF-01' and state = 'open'`,
      ),
    ).toEqual([])
    expect(mainWords((await manager.get('/front-door')).body)).toMatch(
      /Decided today.*Thwaite.*Referral to social care.*re-referral.*told/,
    )
  })

  test('in the census as it was decided, and an outcome may still be no further action on the same episode', async () => {
    const { endRun, inRun, openRun } = await import('../access/runs.ts')
    const { makeCensus } = await import('../returns/cin-census/make.ts')
    const { collectionNamed } = await import('../returns/cin-census/collection.ts')
    const { sourceOf } = await import('../returns/cin-census/source.ts')
    const census = async () => {
      const pieces: string[] = []
      const run = await openRun(db.jobs, { purpose: 'test of the census', population: 'everyone' })
      await inRun(db.jobs, run, (trx) =>
        makeCensus(
          trx,
          { collection: collectionNamed('2026-27')!, asReported: true, source: sourceOf(1, new Date(), {}) },
          async (piece) => void pieces.push(piece),
        ),
      )
      await endRun(db.jobs, run)
      return pieces.join('').replace(/\s+/g, '')
    }
    const made = `<CINreferralDate>${today}</CINreferralDate><ReferralSource>2A</ReferralSource><PrimaryNeedCode>N1</PrimaryNeedCode>`
    expect((await census()).split(made)).toHaveLength(3)
    const nothing = await manager.post(
      `${contact}/outcome`,
      { outcome: 'no-further-action', reason: 'The school has it in hand', child: children[1]! },
      { page: contact },
    )
    expect(nothing.statusCode, mainWords(nothing.body)).toBe(303)
    expect(await census()).toContain('<ReferralNFA>1</ReferralNFA>')
    const twice = await manager.post(
      `${contact}/outcome`,
      { outcome: 'assessment', reason: 'x', team: `${team} ${worker}`, child: children[1]! },
      { page: contact },
    )
    expect(mainWords(twice.body)).toContain('The referral ended with no further action')
  })

  test('a contact about a child whose case is open is linked, makes no second episode, and the worker hears of it', async () => {
    const filed = await take(
      screener,
      call({
        'person[0][as]': 'child',
        'person[0][name]': 'thwaite',
        'person[0][is]': children[0]!,
        source: '6',
        agency: 'Fellshire Police',
        incident: 'FP/1',
      }),
    )
    expect(filed.statusCode, mainWords(filed.body)).toBe(303)
    expect(await rows(sql`select kind from access.notice where to_account_id = ${worker}`)).toContainEqual({
      kind: 'contact-on-open-case',
    })
    const refer = await manager.post(
      `${at(filed)}/decide`,
      { decision: 'referral', reason: 'x', threshold: 'protection', priority: 'today' },
      { page: at(filed) },
    )
    expect(mainWords(refer.body)).toContain('a child has one episode at a time')
    const linked = await manager.post(
      `${at(filed)}/decide`,
      { decision: 'linked-to-open-case', reason: 'Sam knows' },
      { page: at(filed) },
    )
    expect(linked.statusCode).toBe(303)
    expect(await rows(sql`select from record.referral where person_id = ${children[0]}`)).toHaveLength(1)
  })
})

describe('somebody new, somebody unnamed, somebody restricted', () => {
  test('an unnamed caller about a new child and her new mother: tied together, nobody typed twice, no name kept', async () => {
    const typed = call({
      source: '9',
      agency: '',
      callerName: '',
      'person[0][as]': 'child',
      'person[0][name]': 'Zinnia Quayle',
      'person[0][born]': '2/2/2020',
      'person[0][is]': 'new',
      'person[2][as]': 'mother',
      'person[2][name]': 'Orla Quayle',
      'person[2][is]': 'new',
      lines: '3 Mill Row',
      postcode: 'fx3 3cc',
    })
    const filed = await take(night, typed)
    expect(filed.statusCode, mainWords(filed.body)).toBe(303)
    const [child] = await rows<{ id: string }>(
      sql`select person_id as id from record.person_name where full_name = 'Zinnia Quayle'`,
    )
    expect(
      await rows(sql`select kind, other_name from record.relationship where person_id = ${child!.id}`),
    ).toEqual([{ kind: 'mother', other_name: 'Orla Quayle' }])
    expect(
      await rows(
        sql`select informant_name, asked_to_stay_unnamed as unnamed from record.informant where person_id = ${child!.id}`,
      ),
    ).toEqual([{ informant_name: null, unnamed: true }])
    expect(
      await rows(
        sql`select distinct child_may_read, parent_may_read from record.contact_paragraph where person_id = ${child!.id}`,
      ),
    ).toEqual([{ child_may_read: false, parent_may_read: false }])
    // At night the duty social worker decides; early help needs agreement.
    const help = await night.post(
      `${at(filed)}/decide`,
      { decision: 'early-help', reason: 'Parenting' },
      { page: at(filed) },
    )
    expect(help.statusCode, mainWords(help.body)).toBe(303)
    const [asked] = await rows<{ state: string; came_from: string }>(
      sql`select state, came_from from record.early_help where person_id = ${child!.id}`,
    )
    expect(asked).toEqual({ state: 'requested', came_from: 'contact' })
  })

  test('bad faith is a manager’s view with reasons in full, and a decision is taken back the same day', async () => {
    const filed = await take(
      screener,
      call({ 'person[0][as]': 'child', 'person[0][name]': 'not known', 'person[0][is]': 'new' }),
    )
    expect(filed.statusCode, mainWords(filed.body)).toBe(303)
    const decide = (visitor: Visitor, more: Record<string, string>) =>
      visitor.post(
        `${at(filed)}/decide`,
        { decision: 'no-further-action', reason: 'Nothing in it', badFaith: 'yes', ...more },
        { page: at(filed) },
      )
    expect(mainWords((await decide(manager, { badFaithBecause: 'lies' })).body)).toContain(
      'needs reasons, in full',
    )
    expect(
      mainWords(
        (await decide(screener, { badFaithBecause: 'A fourth call from a neighbour in dispute' })).body,
      ),
    ).toContain('A manager says this')
    expect(
      (await decide(manager, { badFaithBecause: 'A fourth call from a neighbour in dispute' })).statusCode,
    ).toBe(303)
    expect(mainWords((await screener.get(at(filed))).body)).toContain(
      'Moira Kent thinks this contact was not made in good faith',
    )
    expect(
      (await manager.post(`${at(filed)}/take-back`, { reason: 'The wrong one' }, { page: at(filed) }))
        .statusCode,
    ).toBe(303)
    expect(mainWords((await screener.get(at(filed))).body)).toContain('Taken back: The wrong one')
  })

  test('nobody is added while somebody alike was not shown; a restricted record takes no contact and says only to ring', async () => {
    const known = await aChild(db.owner, { name: 'Isolde Penhallow', born: '2016-01-01' })
    const typed = call({
      'person[0][as]': 'child',
      'person[0][name]': 'Isolde Penhallow',
      'person[0][born]': '1/1/2016',
      'person[0][is]': 'new',
    })
    expect(mainWords((await screener.post('/contacts/new', typed)).body)).toContain(
      'Look at whoever may be meant',
    )
    await restricted(db, known, 2)
    const hinted = await screener.post('/contacts/new', typed)
    expect(mainWords(hinted.body)).toContain('Ring the duty manager')
    expect(hinted.body).not.toContain(known)
    const forced = await screener.post('/contacts/new', { ...typed, 'person[0][is]': known })
    expect(forced.statusCode).toBe(422)
    expect(await rows(sql`select from record.contact where person_id = ${known}`)).toEqual([])
  })

  test('who works elsewhere takes no contact and reads none that is not theirs', async () => {
    const other = new Visitor(house, await signedIn(db, { roles: ['A-SW'] }))
    expect((await other.get('/contacts/new')).statusCode).toBe(403)
    const [one] = await rows<{ t: string }>(
      sql`select received_together as t from record.contact where person_id = ${children[0]} and contact_state is not null limit 1`,
    )
    expect((await other.get(`/contacts/${one!.t}`)).statusCode).toBe(403)
    const analyst = new Visitor(house, await signedIn(db, { roles: ['A-PERF'] }))
    expect((await analyst.get('/front-door')).statusCode).toBe(403)
  })
})
