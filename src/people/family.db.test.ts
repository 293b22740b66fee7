import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { casework } from '../casework/area.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { aChild, fact, someone } from '../testing/factories.ts'
import { signedIn } from '../testing/signed-in.ts'
import { involve, restricted } from '../testing/ties.ts'
import { aHouse, mainWords, Visitor } from '../testing/visitor.ts'
import { people } from './area.ts'

let db: TestDatabase
let house: FastifyInstance
let worker: Visitor
let colleague: Visitor
let child: string
let account: string

beforeAll(async () => {
  db = await testDatabase()
  house = await aHouse(db, { areas: [people, casework] })
  const session = await signedIn(db, { name: 'Sam Okoro', roles: ['A-SW'] })
  account = session.account.id
  worker = new Visitor(house, session)
  colleague = new Visitor(house, await signedIn(db, { name: 'Lee Marsh', roles: ['A-SW'] }))
  child = await aChild(db.owner, { name: 'Jonah Thwaite', sex: 'M', born: '2015-05-05' })
  await involve(db, child, { account })
})
afterAll(async () => {
  await house?.close()
  await db?.close()
})

const familyOf = async (person: string, visitor = worker) =>
  mainWords((await visitor.get(`/children/${person}/family`)).body)

const said = { origin: '', origin_words: '', ask_first: '' }

/** The one row of a table that these columns find. */
async function only(table: string, where: Record<string, string>) {
  const columns = Object.entries(where).map(([name, value]) => sql`${sql.ref(name)} = ${value}`)
  const { rows } = await sql<Record<string, unknown>>`
    select * from ${sql.table(`record.${table}`)} where ${sql.join(columns, sql` and `)}`.execute(db.owner)
  expect(rows).toHaveLength(1)
  return rows[0]!
}

describe('a relationship', () => {
  test('is recorded once, and said from both ends in the right word', async () => {
    const uncle = await aChild(db.owner, { name: 'Craig Holroyd', sex: 'M', born: '1988-01-02' })
    await involve(db, uncle, { account })
    const found = await worker.get(`/children/${child}/family/find?q=craig+holroyd`)
    expect(found.body).toContain(`/children/${child}/family/relationships/add?other=${uncle}`)
    const add = `/children/${child}/family/relationships/add`
    const filed = await worker.post(
      add,
      { other: uncle, kind: 'aunt-or-uncle', from_day: '', to_day: '', ...said },
      { page: `${add}?other=${uncle}` },
    )
    expect(filed.statusCode).toBe(303)
    const row = await only('relationship', { person_id: child, other_person_id: uncle })
    expect(row).toMatchObject({ other_name: 'Craig Holroyd', recorded_by: account })
    expect(await familyOf(child)).toContain('Craig Holroyd Uncle')
    expect(await familyOf(uncle)).toContain('Jonah Thwaite Nephew')
  })

  test('can be with somebody who is added with it', async () => {
    const add = `/children/${child}/family/relationships/add`
    const filed = await worker.post(
      add,
      {
        name: 'Edith Mary Thwaite',
        sex: 'F',
        born: '3/2/1949',
        kind: 'grandparent',
        home: 'yes',
        home_from: '1/9/2025',
        ...said,
        origin: 'police',
      },
      { page: `${add}?name=Edith` },
    )
    expect(filed.statusCode).toBe(303)
    const row = await only('relationship', { person_id: child, kind: 'grandparent' })
    // What the police told is never passed on without asking them, whether or not somebody ticked it.
    expect(row).toMatchObject({ origin: 'police', ask_first: true, same_household: true })
    expect(await only('person_name', { person_id: row.other_person_id as string })).toMatchObject({
      full_name: 'Edith Mary Thwaite',
      surname: 'Thwaite',
    })
    const words = await familyOf(child)
    // Whoever recorded a tie is let in to nobody by it, so her own record does not tell her sex.
    expect(words).toContain('Edith Mary Thwaite Grandparent Yes since 1 Sep 2025')
    expect(words).toContain('The police; ask them before passing it on')
  })

  test('says what is wrong at the field, keeps what was typed, and is not recorded twice', async () => {
    const aunt = await someone(db.owner, { name: 'Dawn Greaves', sex: 'F', born: '1979-03-03' })
    const add = `/children/${child}/family/relationships/add`
    const post = (body: Record<string, string>) =>
      worker.post(add, { other: aunt, ...said, ...body }, { page: `${add}?other=${aunt}` })
    const wrong = await post({ kind: '', words: 'auntie', from_day: '1/5/2020', to_day: '1/4/2020' })
    expect(wrong.statusCode).toBe(422)
    expect(wrong.body).toContain('Choose what they are to each other')
    expect(wrong.body).toContain('value="auntie"')
    const backwards = await post({ kind: 'carer', from_day: '1/5/2020', to_day: '1/4/2020' })
    expect(backwards.body).toContain('It ends before it begins')
    expect((await post({ kind: 'carer' })).statusCode).toBe(303)
    const again = await post({ kind: 'carer' })
    expect(again.statusCode).toBe(422)
    expect(again.body).toContain('The record says so already')
  })

  test('ends as former, corrected with what stood before kept', async () => {
    const row = await only('relationship', { person_id: child, kind: 'carer' })
    const page = `/children/${child}/family/relationships/${row.id}`
    const filed = await worker.post(page, {
      kind: 'carer',
      words: '',
      from_day: '',
      to_day: '1/11/2026',
      ...said,
    })
    expect(filed.statusCode).toBe(303)
    expect(await familyOf(child)).toContain('Dawn Greaves Former carer')
    const history = mainWords((await worker.get(`/children/${child}/facts/relationship/${row.id}`)).body)
    expect(history).toContain('Stands now')
    expect(history).toContain('1 Nov 2026 changed here')
  })

  test('entered in error leaves the record with a reason; what stood is kept, and looked back to', async () => {
    const friend = await someone(db.owner, { name: 'Reece Ackroyd', born: '2014-04-04' })
    const id = await fact(db.owner, 'relationship', {
      person_id: child,
      other_person_id: friend,
      kind: 'friend',
      other_name: 'Reece Ackroyd',
    })
    const page = `/children/${child}/facts/relationship/${id}/in-error`
    expect((await worker.post(page, { reason: '' })).statusCode).toBe(422)
    expect(
      (await colleague.post(page, { reason: 'I would rather not' }, { page: '/search' })).statusCode,
    ).toBe(403)
    expect((await worker.post(page, { reason: 'Another Jonah’s friend' })).statusCode).toBe(303)
    expect(await familyOf(child)).not.toContain('Reece Ackroyd')
    expect(await only('taken_back', { fact_id: id })).toMatchObject({
      person_id: child,
      recorded_by: account,
      field_group: 'F07',
    })
    const history = mainWords((await worker.get(`/children/${child}/facts/relationship/${id}`)).body)
    expect(history).toContain('Reece Ackroyd')
    expect(mainWords((await worker.get(`/children/${child}/chronology`)).body)).toContain(
      'An entry made in error was taken out: Another Jonah’s friend',
    )
  })

  test('is not written, and its pages not shown, by whoever does not work with the child', async () => {
    const add = `/children/${child}/family/relationships/add`
    expect((await colleague.get(add)).statusCode).toBe(403)
    expect((await colleague.post(add, { name: 'X', kind: 'friend' }, { page: '/search' })).statusCode).toBe(
      403,
    )
    expect((await colleague.get(`/children/${child}/family/find?q=holroyd`)).statusCode).toBe(403)
  })
})

describe('the family of a child names', () => {
  let mine: string

  beforeAll(async () => {
    mine = await aChild(db.owner, { name: 'Ruby Sutcliffe', sex: 'F', born: '2016-01-01' })
    await involve(db, mine, { account })
  })

  const tied = async (other: string, kind: string, otherEnd = false, name?: string) =>
    fact(
      db.owner,
      'relationship',
      otherEnd
        ? { person_id: other, other_person_id: mine, kind, other_name: 'Ruby Sutcliffe' }
        : { person_id: mine, other_person_id: other, kind, other_name: name },
    )

  test('a brother whom only his own record ties to her, and puts that on his trail', async () => {
    const brother = await aChild(db.owner, { name: 'Kai Sutcliffe', sex: 'M', born: '2018-02-02' })
    await tied(brother, 'sister', true)
    expect(await familyOf(mine)).toContain('Kai Sutcliffe Brother')
    const { rows } = await sql<{ purpose: string }>`
      select payload ->> 'purpose' as purpose from audit.trail where subject = ${brother}`.execute(db.owner)
    expect(rows).toContainEqual({ purpose: 'naming the family of a person' })
  })

  test('whoever she names herself, also where the worker has nothing to do with them', async () => {
    const friend = await aChild(db.owner, { name: 'Lacey Midgley' })
    await tied(friend, 'friend', false, 'Lacey')
    const words = await familyOf(mine)
    expect(words).toContain('Lacey Friend')
    expect(words).not.toContain('Midgley')
  })

  test('nobody who names her and whom the worker may not open', async () => {
    const stranger = await aChild(db.owner, { name: 'Poppy Fellside' })
    await tied(stranger, 'friend', true)
    const words = await familyOf(mine)
    expect(words).toContain('A person you may not see Friend')
    expect(words).not.toContain('Poppy')
  })

  test.each([2, 3, 4] as const)(
    'nobody restricted (level %i), whatever her own record says',
    async (level) => {
      const sister = await aChild(db.owner, { name: `Hidden${level} Sutcliffe`, sex: 'F' })
      await tied(sister, 'sister', false, `Hidden${level} Sutcliffe`)
      await fact(db.owner, 'parental_responsibility', {
        person_id: mine,
        holder_person_id: sister,
        holder_name: `Hidden${level} Sutcliffe`,
        basis: 'other',
      })
      await restricted(db, sister, level)
      expect(await familyOf(mine)).not.toContain(`Hidden${level}`)
    },
  )
})

describe('parental responsibility', () => {
  test('is said until it is seen; then with what, by whom, and how an order limits it', async () => {
    const father = await someone(db.owner, { name: 'Lee Ackroyd', sex: 'M', born: '1985-06-06' })
    await fact(db.owner, 'relationship', {
      person_id: child,
      other_person_id: father,
      kind: 'father',
      other_name: 'Lee Ackroyd',
    })
    const add = `/children/${child}/family/parental-responsibility/add`
    expect((await worker.get(add)).body).toContain('Lee Ackroyd (father)')
    const body = { holder: father, holder_name: '', basis: 'on-birth-certificate', ...said }
    expect((await worker.post(add, { ...body, basis: '' })).body).toContain('Choose by what they hold it')
    expect((await worker.post(add, body)).statusCode).toBe(303)
    expect(await familyOf(child)).toContain('Lee Ackroyd Named on the birth certificate Said, not seen')
    const row = await only('parental_responsibility', { person_id: child, holder_person_id: father })
    await worker.post(`/children/${child}/family/parental-responsibility/${row.id}`, {
      ...body,
      evidence: 'Full birth certificate',
      evidence_seen_on: '20/11/2026',
      evidence_seen_by: 'Sam Okoro',
      limited_by: 'Prohibited steps order of 3 May 2026',
    })
    const words = await familyOf(child)
    expect(words).toContain('Full birth certificate on 20 Nov 2026 by Sam Okoro')
    expect(words).toContain('Prohibited steps order of 3 May 2026')
  })

  test('is shared by the authority while a care order stands, and not before or after', async () => {
    const inCare = await aChild(db.owner, { name: 'Imogen Wren' })
    await involve(db, inCare, { account })
    await fact(db.owner, 'legal_status', { person_id: inCare, legal_status: 'C2', start_date: '2026-02-01' })
    expect(await familyOf(inCare)).toContain('The authority shares parental responsibility: Full care order')
    await sql`update record.legal_status set end_date = '2026-11-01' where person_id = ${inCare}`.execute(
      db.owner,
    )
    expect(await familyOf(inCare)).not.toContain('The authority shares')
  })
})

test('a parent who is not known is a fact, with what was tried; found, it has an end', async () => {
  const add = `/children/${child}/family/unknown-parents/add`
  const body = { parent: 'mother', why: 'not-told', known: 'Called Steph', from_day: '2/11/2026', ...said }
  expect((await worker.post(add, { ...body, tried: '' })).body).toContain('Say what was tried to find them')
  expect((await worker.post(add, { ...body, tried: 'Asked the grandmother' })).statusCode).toBe(303)
  expect(await familyOf(child)).toContain('The mother The family knows and would rather not say Called Steph')
  const row = await only('unknown_parent', { person_id: child })
  await worker.post(`/children/${child}/family/unknown-parents/${row.id}`, {
    ...body,
    tried: 'Asked the grandmother',
    to_day: '24/11/2026',
  })
  const chronology = mainWords((await worker.get(`/children/${child}/chronology`)).body)
  expect(chronology).toContain('Mother recorded as not known')
  expect(chronology).toContain('Mother became known')
})

test('the same home over time comes from the relationship and from both addresses', async () => {
  const one = await aChild(db.owner, { name: 'Freya Larkfield', born: '2012-01-01' })
  const other = await someone(db.owner, { name: 'Mark Larkfield', born: '1980-01-01', sex: 'M' })
  await involve(db, one, { account })
  await fact(db.owner, 'relationship', { person_id: one, other_person_id: other, kind: 'father' })
  for (const [person, from, to] of [
    [one, '2012-01-01', null],
    [other, '2010-01-01', '2019-03-01'],
  ] as const)
    await fact(db.owner, 'address', {
      person_id: person,
      address_lines: '4 Beck Row',
      postcode: 'FX1 2AB',
      from_day: from,
      to_day: to,
    })
  const words = await familyOf(one)
  expect(words).toContain('Mark Larkfield: Same home, 1 Jan 2012 to 1 Mar 2019')
})
