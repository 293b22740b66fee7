import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mustOpenRecord } from '../access/opening.ts'
import { reading } from '../access/reading.ts'
import { casework } from '../casework/area.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { aChild, fact, someone } from '../testing/factories.ts'
import { aSession, signedIn } from '../testing/signed-in.ts'
import { involve, restricted } from '../testing/ties.ts'
import { aHouse, mainWords, Visitor } from '../testing/visitor.ts'
import { addDays, dayOf, formatShortDate } from '../web/words.ts'
import { people } from './area.ts'
import { wrongStanding } from './warning-forms.ts'
import { warningsOf } from './warnings.ts'

let db: TestDatabase
let house: FastifyInstance

beforeAll(async () => {
  db = await testDatabase()
  house = await aHouse(db, { areas: [people, casework] })
})
afterAll(async () => {
  await house?.close()
  await db?.close()
})

const today = dayOf(new Date())
/** A day to come, as somebody types it. */
const inDays = (days: number) => formatShortDate(addDays(today, days))

const aWorker = async (name: string, role = 'A-SW') => {
  const session = await signedIn(db, { name, roles: [role] })
  return { account: session.account.id, visitor: new Visitor(house, session) }
}

/** A child with a worker of its own. */
async function aWorkedChild(name: string, more: Record<string, unknown> = {}) {
  const worker = await aWorker(`Worker of ${name}`)
  const id = await aChild(db.owner, { name, born: '2016-06-06', ...more })
  await involve(db, id, { account: worker.account })
  return { id, ...worker }
}

const tie = (person: string, other: string, kind: string, more: Record<string, unknown> = {}) =>
  fact(db.owner, 'relationship', { person_id: person, other_person_id: other, kind, ...more })

const aRisk = (person: string, more: Record<string, unknown> = {}) =>
  fact(db.owner, 'risk_posed', {
    person_id: person,
    kind: 'sexual-harm',
    called: 'Dean Holt',
    words: 'Not alone with any child',
    from_day: '2026-10-01',
    review_on: addDays(today, 90),
    ...more,
  })

const noticesOf = async (account: string, kind = 'risk-linked') =>
  (
    await sql<{ person: string; by: string | null }>`
      select person_id as person, about_account_id as by from access.notice where to_account_id = ${account} and kind = ${kind}`.execute(
      db.owner,
    )
  ).rows

const linksOf = async (child: string) =>
  (
    await sql<{ via: string; ended: boolean }>`
      select via, to_day is not null as ended from record.risk_link where person_id = ${child} order by id`.execute(
      db.owner,
    )
  ).rows

const bar = (body: string) => /<section class="identity"[\s\S]*?<\/section>/.exec(body)?.[0] ?? ''
const barOf = async (visitor: Visitor, person: string) => bar((await visitor.get(`/children/${person}`)).body)

describe('somebody who may pose a risk', () => {
  test('stands above the record of every child near, whichever family it is of, and their workers are told', async () => {
    const dean = await someone(db.owner, { name: 'Dean Holt', sex: 'M', born: '1985-05-05' })
    const mother = await someone(db.owner, { name: 'Kelly Wren', sex: 'F', born: '1990-05-05' })
    const [own, atHome, ofPartner, sameAddress, farAway] = [
      await aWorkedChild('Own Holt'),
      await aWorkedChild('Home Wren'),
      await aWorkedChild('Partner Marsh'),
      await aWorkedChild('Street Okoro'),
      await aWorkedChild('Far Adeyemi'),
    ]
    const partner = await someone(db.owner, { name: 'Tara Marsh', born: '1988-01-01' })
    await tie(own.id, dean, 'father')
    await tie(dean, mother, 'friend', { same_household: true })
    await tie(atHome.id, mother, 'mother', { same_household: true })
    await tie(dean, partner, 'partner')
    await tie(ofPartner.id, partner, 'mother')
    for (const person of [dean, sameAddress.id])
      await fact(db.owner, 'address', {
        person_id: person,
        address_lines: person === dean ? '7 Quarry Lane' : '7 quarry lane',
        postcode: 'FX3 1DE',
        from_day: '2026-01-01',
      })
    await aRisk(dean)
    for (const [child, via] of [
      [own, 'relationship'],
      [atHome, 'household'],
      [ofPartner, 'relationship'],
      [sameAddress, 'household'],
    ] as const) {
      expect(await linksOf(child.id)).toEqual([{ via, ended: false }])
      expect(await noticesOf(child.account)).toEqual([{ person: child.id, by: null }])
      expect(await barOf(child.visitor, child.id)).toContain(
        'Dean Holt may pose a risk to children: sexual harm',
      )
    }
    expect(await linksOf(farAway.id)).toEqual([])
    expect(await barOf(farAway.visitor, farAway.id)).not.toContain('Dean Holt')
    // The worker reads the warning and not the man's record.
    expect((await sameAddress.visitor.get(`/children/${dean}`)).statusCode).toBe(403)
  })

  test('reaches a child who comes near later, and ends when they part, or when the warning ends', async () => {
    const man = await someone(db.owner, { name: 'Lee Midgley', sex: 'M', born: '1979-05-05' })
    const risk = await aRisk(man, { called: 'Lee Midgley', kind: 'physical-harm' })
    const child = await aWorkedChild('Later Sutcliffe')
    const other = await aWorkedChild('Other Sutcliffe')
    expect(await linksOf(child.id)).toEqual([])
    const friend = await tie(child.id, man, 'associate')
    await tie(other.id, man, 'associate')
    expect(await linksOf(child.id)).toEqual([{ via: 'relationship', ended: false }])
    expect(await noticesOf(child.account)).toHaveLength(1)
    await sql`update record.relationship set to_day = current_date where id = ${friend}`.execute(db.owner)
    expect(await linksOf(child.id)).toEqual([{ via: 'relationship', ended: true }])
    expect(await barOf(child.visitor, child.id)).not.toContain('Lee Midgley')
    expect(await linksOf(other.id)).toEqual([{ via: 'relationship', ended: false }])
    await sql`update record.risk_posed set to_day = current_date, end_words = 'mistaken' where id = ${risk}`.execute(
      db.owner,
    )
    expect(await linksOf(other.id)).toEqual([{ via: 'relationship', ended: true }])
    // The chronology keeps both.
    const words = mainWords((await child.visitor.get(`/children/${child.id}/chronology`)).body)
    expect(words).toContain('Found to be near somebody who may pose a risk')
    expect(words).toContain('No longer near somebody')
  })

  test('a child who is to have contact, or must not, is near', async () => {
    const man = await someone(db.owner, { name: 'Craig Ackroyd', sex: 'M', born: '1979-05-05' })
    await aRisk(man, { called: 'Craig Ackroyd' })
    const child = await aWorkedChild('Contact Greaves')
    await fact(db.owner, 'contact_arrangement', {
      person_id: child.id,
      other_person_id: man,
      other_name: 'Craig Ackroyd',
      contact: 'no',
      decided_by: 'court-order',
    })
    expect(await linksOf(child.id)).toEqual([{ via: 'contact', ended: false }])
  })

  test('grown people are not children near', async () => {
    const man = await someone(db.owner, { name: 'Old Holroyd', sex: 'M', born: '1950-05-05' })
    const grown = await someone(db.owner, { name: 'Grown Holroyd', born: '1980-05-05' })
    const unborn = await aChild(db.owner, {
      name: 'Baby Holroyd',
      born: null,
      more: { expected_date_of_birth: '2027-02-01' },
    })
    await tie(grown, man, 'father')
    await tie(unborn, man, 'grandparent')
    await aRisk(man)
    expect(await linksOf(grown)).toEqual([])
    expect(await linksOf(unborn)).toHaveLength(1)
  })

  test('of a restricted person only that there is one; of a sealed or unknown one nothing, and nobody is told', async () => {
    const child = await aWorkedChild('Near Fellside')
    const man = await someone(db.owner, { name: 'Staff Member', sex: 'M', born: '1979-05-05' })
    await tie(child.id, man, 'father', { other_name: 'Staff Member' })
    await aRisk(man, { called: 'Staff Member' })
    await restricted(db, man, 2)
    const known = await barOf(child.visitor, child.id)
    expect(known).toContain('ring the duty manager')
    expect(known).not.toContain('Staff Member')
    await restricted(db, man, 3)
    expect(await barOf(child.visitor, child.id)).not.toContain('may pose a risk')

    const sealed = await someone(db.owner, { name: 'Sealed Man', sex: 'M', born: '1979-05-05' })
    await restricted(db, sealed, 3)
    const other = await aWorkedChild('Other Fellside')
    await tie(other.id, sealed, 'father')
    await aRisk(sealed)
    expect(await noticesOf(other.account)).toEqual([])
  })

  test('what it rests on is read with the child’s section on offending, and what the police told is not passed on', async () => {
    const man = await someone(db.owner, { name: 'Police Man', sex: 'M', born: '1979-05-05' })
    const child = await aWorkedChild('Rests Wren')
    await tie(child.id, man, 'father')
    const risk = await aRisk(man, { called: 'Police Man' })
    await fact(db.owner, 'risk_evidence', {
      person_id: man,
      risk_id: risk,
      status: 'no-further-action',
      words: 'Arrested in May, released without charge',
      origin: 'police',
      ask_first: true,
    })
    await expect(
      fact(db.owner, 'risk_evidence', {
        person_id: man,
        risk_id: risk,
        status: 'arrest',
        words: 'x',
        origin: 'police',
        ask_first: false,
      }),
    ).rejects.toThrow('risk_evidence')
    const words = mainWords((await child.visitor.get(`/children/${child.id}/warnings`)).body)
    expect(words).toContain('Arrested in May')
    expect(words).toContain('No further action')
    expect(words).toContain('ask them before passing it on')

    // A sister's worker reads the warning (F24) and not what it rests on (F19).
    const sister = await aWorkedChild('Sister Wren')
    await tie(child.id, sister.id, 'sibling')
    const summary = mainWords((await sister.visitor.get(`/children/${child.id}/warnings`)).body)
    expect(summary).toContain('Police Man may pose a risk')
    expect(summary).not.toContain('Arrested in May')
    expect(summary).toContain('What a risk rests on is not open to you')
  })

  test('is recorded on a page by whoever works with them; nobody is told what they did themselves', async () => {
    const worker = await aWorker('Page Worker')
    const man = await someone(db.owner, { name: 'Page Man', sex: 'M', born: '1979-05-05' })
    await involve(db, man, { account: worker.account })
    const child = await aChild(db.owner, { name: 'Page Child', born: '2018-01-01' })
    await involve(db, child, { account: worker.account })
    const second = await aWorkedChild('Second Child')
    await tie(child, man, 'father')
    await tie(second.id, man, 'associate')
    const page = `/children/${man}/warnings/risks/add`
    const body = {
      kind: 'domestic-abuse',
      called: 'Page Man',
      words: 'Meet him at the office only',
      owner_id: worker.account,
      agreed_by: 'Ali Dunn',
      aware: 'no',
      aware_words: 'It would put the mother at risk',
      review_on: inDays(90),
    }
    const wrong = await worker.visitor.post(page, { ...body, review_on: inDays(400), aware_words: '' })
    expect(wrong.statusCode).toBe(422)
    expect(wrong.body).toContain('looked at again within twelve months')
    expect(wrong.body).toContain('Say how and when they were told')
    expect((await worker.visitor.post(page, body)).statusCode).toBe(303)
    expect(await noticesOf(worker.account)).toEqual([])
    expect(await noticesOf(second.account)).toEqual([{ person: second.id, by: worker.account }])
    expect(mainWords((await second.visitor.get('/notices')).body)).toContain(
      'linked this child to somebody who may pose a risk to children: read the warning: Second Child',
    )
    expect((await second.visitor.get('/notices')).body).toContain(`href="/children/${second.id}/warnings"`)
    const words = mainWords((await worker.visitor.get(`/children/${man}/warnings`)).body)
    expect(words).toContain('Page Child related')
    expect(words).not.toContain('Second Child')
  })

  test('entered in error leaves every child, with its reason; and what was known then can still be seen', async () => {
    const man = await someone(db.owner, { name: 'Wrong Man', sex: 'M', born: '1979-05-05' })
    const worker = await signedIn(db, { name: 'Wrong Worker', roles: ['A-SW'] })
    const child = await aChild(db.owner, { name: 'Wrong Child', born: '2016-01-01' })
    for (const person of [man, child]) await involve(db, person, { account: worker.account.id })
    await tie(child, man, 'father')
    const risk = await aRisk(man, { called: 'Wrong Man' })
    const before = new Date()
    const visitor = new Visitor(house, worker)
    expect(await barOf(visitor, child)).toContain('Wrong Man')
    await visitor.post(`/children/${man}/facts/risk_posed/${risk}/in-error`, {
      reason: 'Another of that name',
    })
    expect(await barOf(visitor, child)).not.toContain('Wrong Man')
    expect(await linksOf(child)).toEqual([])
    await mustOpenRecord(db.app, worker, child, { purpose: 'looking back', groups: ['F24'] })
    const known = await reading(db.app, worker, (trx) => warningsOf(trx, [child], today), { knownAt: before })
    expect(known).toMatchObject([{ what: 'risk', called: 'Wrong Man' }])
  })

  test('a statement that brings very many does not wait; the links are made afterwards', async () => {
    const man = await someone(db.owner, { name: 'Bulk Man', sex: 'M', born: '1979-05-05' })
    await aRisk(man)
    const child = await aWorkedChild('Bulk Child')
    await sql`
      with many as (insert into record.person (date_of_birth) select '1970-01-01' from generate_series(1, 600) returning id)
      insert into record.relationship (person_id, other_person_id, kind)
      select id, ${man}::uuid, 'friend' from many union all select ${child.id}::uuid, ${man}::uuid, 'father'`.execute(
      db.owner,
    )
    expect(await linksOf(child.id)).toEqual([])
    await sql`select access.watch_warnings()`.execute(db.jobs)
    expect(await linksOf(child.id)).toHaveLength(1)
    expect(await noticesOf(child.account)).toHaveLength(1)
  })

  test('nobody asks the database about the homes and risks of people they have not opened', async () => {
    const worker = await aWorker('Curious Worker')
    const child = await aWorkedChild('Asked About')
    const man = await someone(db.owner, { name: 'Asked Man', born: '1979-05-05' })
    await tie(child.id, man, 'father')
    await aRisk(man)
    const session = await aSession(db, worker.account)
    const found = await db.app.transaction().execute(async (trx) => {
      await sql`select set_config('cairn.session', ${session.secret}, true)`.execute(trx)
      const { rows } = await sql<{ near: string[]; all: number }>`
        select access.risks_near(array[${child.id}]::uuid[]) as near,
               (select count(*)::int from record.risk_posed) as all`.execute(trx)
      return rows[0]
    })
    expect(found).toEqual({ near: [], all: 0 })
    for (const refused of [
      sql`select record.children_near(${man})`,
      sql`select record.same_home(array[${man}]::uuid[])`,
    ])
      await expect(refused.execute(db.app)).rejects.toThrow('permission denied')
    await expect(
      sql`insert into record.risk_link (person_id, risk_id, via) values (${child.id}, ${man}, 'contact')`.execute(
        db.app,
      ),
    ).rejects.toThrow('permission denied')
  })
})

describe('a hazard', () => {
  test('of an address stands above everybody who lives there, and one of a person above them alone', async () => {
    const [one, other] = [await aWorkedChild('Dog One'), await aWorkedChild('Dog Other')]
    for (const { id } of [one, other])
      await fact(db.owner, 'address', {
        person_id: id,
        address_lines: '3 Tannery Street',
        postcode: 'FX4 1LN',
        from_day: '2026-01-01',
      })
    const add = `/children/${one.id}/warnings/hazards/add`
    const body = {
      kind: 'animal',
      words: 'Large dog in the yard',
      evidence: 'Seen on 3 November',
      owner_id: one.account,
      agreed_by: 'Ali Dunn',
      aware: 'yes',
      aware_words: 'Told the mother on 3 November',
      review_on: inDays(180),
    }
    expect((await one.visitor.post(add, { ...body, at_address: 'yes' })).statusCode).toBe(303)
    expect(
      (await one.visitor.post(add, { ...body, kind: 'allergy', words: 'Allergic to nuts' })).statusCode,
    ).toBe(303)
    const mine = await barOf(one.visitor, one.id)
    expect(mine).toContain('Large dog in the yard')
    expect(mine).toContain('Allergic to nuts')
    const theirs = await barOf(other.visitor, other.id)
    expect(theirs).toContain('At this address: Large dog in the yard')
    expect(theirs).not.toContain('nuts')
  })

  test('that nobody looked at again stays, says so, and its owner is told once', async () => {
    const child = await aWorkedChild('Late Review')
    await fact(db.owner, 'hazard', {
      person_id: child.id,
      kind: 'violence',
      words: 'Threats in spring',
      from_day: '2025-11-01',
      review_on: '2026-11-01',
      owner_id: child.account,
    })
    expect(await barOf(child.visitor, child.id)).toContain('Threats in spring (review overdue)')
    for (let n = 0; n < 2; n += 1) await sql`select access.watch_warnings()`.execute(db.jobs)
    expect(await noticesOf(child.account, 'warning-review-due')).toHaveLength(1)
  })

  test('ends with a reason, and leaves the bar', async () => {
    const sound = {
      agreed_by: 'Ali',
      aware: 'yes',
      aware_words: 'told',
      review_on: addDays(today, 30),
    } as const
    expect(
      wrongStanding({ ...sound, from_day: today, to_day: undefined, end_words: undefined }, today),
    ).toEqual({})
    expect(
      wrongStanding(
        { ...sound, from_day: addDays(today, -10), to_day: addDays(today, -20), end_words: undefined },
        today,
      ),
    ).toEqual({ to_day: 'It ends before it begins', end_words: 'Say why it ends' })
    expect(
      wrongStanding(
        { ...sound, review_on: undefined, from_day: today, to_day: undefined, end_words: undefined },
        today,
      ),
    ).toHaveProperty('review_on')
  })
})
