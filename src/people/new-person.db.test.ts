import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { casework } from '../casework/area.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { aChild, aFamily, fact, someone } from '../testing/factories.ts'
import { aTeam, signedIn } from '../testing/signed-in.ts'
import { involve, restricted } from '../testing/ties.ts'
import { aHouse, mainWords, Visitor } from '../testing/visitor.ts'
import { people } from './area.ts'

let db: TestDatabase
let house: FastifyInstance
let worker: Visitor
let duty: Visitor
let mine: string
let maeve: string

beforeAll(async () => {
  db = await testDatabase()
  house = await aHouse(db, { areas: [people, casework], now: () => new Date('2026-11-25T10:00:00Z') })
  const session = await signedIn(db, { name: 'Sam Okoro', roles: ['A-SW'], teams: [await aTeam(db)] })
  worker = new Visitor(house, session)
  duty = new Visitor(house, await signedIn(db, { name: 'Dee Lowe', roles: ['A-DUTY'] }))
  ;({ mother: maeve } = await aFamily(db.owner, { surname: 'Quartermain', postcode: 'FX1 2AB' }))
  mine = await aChild(db.owner, {
    forename: 'Katherine',
    surname: 'Ashdown',
    born: '2014-03-05',
    postcode: 'FX3 4CD',
  })
  await involve(db, mine, { account: session.account.id })
})
afterAll(async () => {
  await house?.close()
  await db?.close()
})

const rows = async <T>(query: ReturnType<typeof sql<T>>) => (await query.execute(db.owner)).rows
const form = (more: Record<string, string>) => ({ who: 'child', bornHow: 'exact', sex: 'F', ...more })
const shownIn = (body: string) => [...body.matchAll(/name="shown" value="([^"]+)"/g)].map(([, id]) => id!)
const add = (visitor: Visitor, body: Record<string, string>, to = '/people/new') =>
  visitor.post(to, { ...body, step: 'add' }, { page: '/people/new' })
const look = (visitor: Visitor, body: Record<string, string>) =>
  visitor.post('/people/new', { ...body, step: 'look' }, { page: '/people/new' })
const peopleNow = async () =>
  Number((await rows(sql<{ n: string }>`select count(*) as n from record.person`))[0]!.n)

describe('adding a person', () => {
  test('a misheard name with a slip in the day is shown first, with why; nobody is added over it unseen', async () => {
    const before = await peopleNow()
    const typed = form({ forename: 'Kate', surname: 'Ashdowne', born: '3/5/2014' })
    const answer = await look(worker, typed)
    expect(shownIn(answer.body)).toContain(mine)
    expect(mainWords(answer.body)).toMatch(/Katherine Ashdown .* short form, .* day and month swapped/)
    expect(mainWords(answer.body)).toContain('Sam Okoro')
    expect(answer.body).toContain(`href="/children/${mine}"`)
    const unseen = await add(worker, typed)
    expect(unseen.statusCode).toBe(200)
    expect(mainWords(unseen.body)).toContain('May be one of these')
    expect(await peopleNow()).toBe(before)
  })

  test('none of these: the new person has what was said, and that these are others is on file; a second press adds nobody', async () => {
    const typed = form({
      forename: 'Kate',
      surname: 'Ashdowne',
      otherName: 'Kitty',
      born: '3/5/2014',
      bornHow: 'estimated',
      lines: '3 Mill Lane',
      postcode: 'fx34cd',
      hidden: 'yes',
      telephone: '07700 900123',
      nhsNumber: '999 000 0018',
      _once: '11111111-1111-4111-8111-111111111111',
    })
    const shown = shownIn((await look(worker, typed)).body)
    const before = await peopleNow()
    const all = { ...typed, shown: shown[0]! }
    expect(shown).toHaveLength(1)
    const added = await add(worker, all)
    expect(added.statusCode).toBe(303)
    const person = /^\/people\/([^/]+)\/added\?reference=P-/.exec(added.headers.location!)![1]!
    expect((await add(worker, all)).headers.location).toBe(added.headers.location)
    expect(await peopleNow()).toBe(before + 1)
    const [told] = await rows(sql`
      select p.date_of_birth::text, p.date_of_birth_estimated, p.sex::text, p.recorded_by is not null as by_somebody,
             array(select kind || ' ' || full_name from record.person_name where person_id = p.id order by 1) as names,
             array(select address_lines || ', ' || postcode || ' ' || field_group from record.address where person_id = p.id) as homes,
             array(select kind || ' ' || value || ' ' || field_group from record.contact_detail where person_id = p.id) as calls,
             array(select kind || ' ' || value from record.person_identifier where person_id = p.id) as numbers,
             array(select other_person_id::text || ' ' || occasion from record.told_apart where person_id = p.id) as apart,
             array(select kind from record.event where person_id = p.id) as events
        from record.person p where p.id = ${person}`)
    expect(told).toEqual({
      date_of_birth: '2014-05-03',
      date_of_birth_estimated: true,
      sex: 'F',
      by_somebody: true,
      names: ['also-known-as Kitty', 'legal Kate Ashdowne'],
      homes: ['3 Mill Lane, FX3 4CD F04'],
      calls: ['mobile 07700 900123 F04'],
      numbers: ['nhs-number 9990000018'],
      apart: [`${mine} adding`],
      events: ['born'],
    })
    const { body } = await worker.get(added.headers.location!)
    expect(mainWords(body)).toMatch(/in the record, reference P-/)
  })

  test('whoever else became alike meanwhile is shown before anybody is added', async () => {
    const typed = form({ forename: 'Zebedee', surname: 'Larkspur', born: '1/2/2020', sex: 'M' })
    expect(shownIn((await look(worker, typed)).body)).toEqual([])
    const meanwhile = await aChild(db.owner, { forename: 'Zebedee', surname: 'Larkspur', born: '2020-02-01' })
    const answer = await add(worker, typed)
    expect(answer.statusCode).toBe(200)
    expect(shownIn(answer.body)).toEqual([meanwhile])
  })

  test('an unborn child has a day it is expected and a mother; one of several mothers is chosen', async () => {
    const other = await someone(db.owner, {
      forename: 'Maeve',
      surname: 'Quartermain',
      born: '1990-11-02',
      sex: 'F',
    })
    const typed = {
      who: 'unborn',
      sex: 'U',
      surname: 'Quartermain',
      expected: '3/3/2027',
      mother: 'maeve quartermain',
    }
    const looked = await look(worker, typed)
    const shown = shownIn(looked.body)
    expect(looked.body).toContain(`value="${other}"`)
    const body = (more: Record<string, string>) => {
      const filled = new URLSearchParams({ ...typed, step: 'add', ...more })
      for (const one of shown) filled.append('shown', one)
      return filled
    }
    const send = async (more: Record<string, string>) => {
      const token = /name="_csrf" value="([^"]+)"/.exec((await worker.get('/people/new')).body)![1]!
      const filled = body(more)
      filled.set('_csrf', token)
      return house.inject({
        method: 'POST',
        url: '/people/new?then=%2Fcontacts%2Fnew',
        headers: {
          accept: 'text/html',
          cookie: [...worker.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
          'content-type': 'application/x-www-form-urlencoded',
        },
        payload: filled.toString(),
      })
    }
    expect(mainWords((await send({})).body)).toContain('Choose which of these is the mother')
    const added = await send({ motherId: maeve })
    expect(added.headers.location).toMatch(/^\/contacts\/new\?person=/)
    const person = added.headers.location!.split('=')[1]!
    const told = await rows(sql`
      select r.other_person_id as mother, r.kind, r.other_name, p.expected_date_of_birth::text as expected, p.date_of_birth as born
        from record.relationship r join record.person p on p.id = r.person_id where r.person_id = ${person}`)
    expect(told).toEqual([
      { mother: maeve, kind: 'mother', other_name: 'Maeve Quartermain', expected: '2027-03-03', born: null },
    ])
  })

  test('what cannot be is said at its field', async () => {
    const answer = await look(
      worker,
      form({
        born: '1/1/2099',
        nhsNumber: '999 000 0019',
        upn: 'B123456789012',
        postcode: 'nowhere',
        email: 'x',
      }),
    )
    expect(answer.statusCode).toBe(422)
    for (const words of [
      'Nobody is born in the future',
      'This is no NHS number',
      'This is no unique pupil number',
      'A postcode is written like',
      'An e-mail address is written like',
    ])
      expect(mainWords(answer.body)).toContain(words)
    const nameless = await look(worker, form({ bornHow: '' }))
    expect(mainWords(nameless.body)).toContain('Write a first name, a last name or both')
    expect(mainWords(nameless.body)).toContain('Write the birth date, or choose that it is not known')
  })

  test('restricted: a hint for those who must match, who add only after it was said; sealed and not to be known: nothing', async () => {
    const hidden: Record<number, string> = {}
    for (const [level, surname] of [
      [2, 'Wolverstone'],
      [3, 'Undermarsh'],
      [4, 'Netherby'],
    ] as const) {
      hidden[level] = await aChild(db.owner, { forename: 'Tabitha', surname, born: '2013-04-05' })
      await restricted(db, hidden[level], level)
    }
    const typed = (surname: string) => form({ forename: 'Tabitha', surname, born: '5/4/2013' })
    for (const surname of ['Wolverstone', 'Undermarsh', 'Netherby']) {
      for (const visitor of [worker, duty]) {
        const { body } = await look(visitor, typed(surname))
        const told = visitor === duty && surname === 'Wolverstone'
        expect(
          body.includes('Ring the duty manager'),
          `${surname} to ${visitor === duty ? 'duty' : 'a worker'}`,
        ).toBe(told)
        expect(Object.values(hidden).some((id) => body.includes(id))).toBe(false)
      }
    }
    expect(mainWords((await add(duty, typed('Wolverstone'))).body)).toContain('Ring the duty manager')
    expect((await add(duty, { ...typed('Wolverstone'), toldRestricted: 'yes' })).statusCode).toBe(303)
    // A number of theirs by itself is enough for the hint.
    await fact(db.owner, 'person_identifier', {
      person_id: hidden[2],
      kind: 'nhs-number',
      value: '9990000026',
    })
    const { body } = await look(
      duty,
      form({ forename: 'Somebody', surname: 'Else', born: '1/1/2001', nhsNumber: '9990000026' }),
    )
    expect(body).toContain('Ring the duty manager')
  })

  test('as somebody types, and only to those whose work is adding people', async () => {
    const answer = await worker.post(
      '/people/new/likely',
      { forename: 'kath', surname: 'ashdown', born: '3/' },
      { page: '/people/new' },
    )
    expect(answer.statusCode).toBe(200)
    expect(shownIn(answer.body)).toContain(mine)
    const analyst = new Visitor(house, await signedIn(db, { roles: ['A-PERF'] }))
    expect((await analyst.get('/people/new')).statusCode).toBe(403)
    const asked = await rows(sql<{ asked: string }>`
      select payload ->> 'asked' as asked from audit.trail where payload ->> 'purpose' = 'adding a person' and payload ->> 'action' = 'list'
       order by at desc limit 1`)
    expect(asked).toEqual([{ asked: 'kath ashdown' }])
  })
})

describe('names, addresses and numbers', () => {
  const at = (rest = '') => `/children/${mine}/details${rest}`
  const factOf = async (table: string, where = 'true') =>
    (
      await rows(
        sql<{
          id: string
        }>`select id from ${sql.table(`record.${table}`)} where person_id = ${mine} and ${sql.raw(where)}`,
      )
    )[0]!.id

  test('a former name, a telephone number and a number are added, corrected and found', async () => {
    const typed = { kind: 'former', forename: 'Katherine', surname: 'Oldbury', to: '1/9/2019' }
    expect((await worker.post(at('/name/new'), typed)).statusCode).toBe(303)
    const again = await worker.post(at('/name/new'), typed)
    expect(mainWords(again.body)).toContain('This is on the record already')
    await worker.post(at('/number/new'), { kind: 'upn', value: 'h801200001001' })
    await worker.post(at('/contact/new'), { kind: 'email', value: 'kate@example.test' })
    const words = mainWords((await worker.get(at())).body)
    expect(words).toMatch(/Katherine Oldbury Former name until 1 Sept? 2019/)
    expect(words).toContain('H801200001001')
    expect(words).toContain('kate@example.test')
    const id = await factOf('person_name', `kind = 'former'`)
    await worker.post(at(`/name/${id}`), { ...typed, surname: 'Oldberry' })
    const versions = await rows(sql`
      select full_name, replaced_at is null as stands from (select full_name, null::timestamptz as replaced_at from record.person_name where id = ${id}
        union all select full_name, replaced_at from history.person_name where id = ${id}) v order by replaced_at nulls last`)
    expect(versions).toEqual([
      { full_name: 'Katherine Oldbury', stands: false },
      { full_name: 'Katherine Oldberry', stands: true },
    ])
  })

  test('what was recorded in error is taken out with why, and still stands in what stood before', async () => {
    await worker.post(at('/address/new'), {
      kind: 'home',
      lines: '9 Wrong Street',
      postcode: 'FX9 9ZZ',
      from: '1/1/2026',
    })
    const id = await factOf('address', `postcode = 'FX9 9ZZ'`)
    expect(
      (
        await worker.post(
          at(`/address/${id}/recorded-in-error`),
          { reason: '' },
          { page: `${at()}/address/${id}` },
        )
      ).statusCode,
    ).toBe(422)
    const reason = 'This is her cousin’s address'
    const done = await worker.post(
      at(`/address/${id}/recorded-in-error`),
      { reason },
      { page: `${at()}/address/${id}` },
    )
    expect(done.statusCode).toBe(303)
    const words = mainWords((await worker.get(at())).body)
    expect(words).not.toContain('9 Wrong Street')
    expect(words).toContain(reason)
    expect(mainWords((await worker.get(`/children/${mine}/facts/address/${id}`)).body)).toContain(
      '9 Wrong Street',
    )
    expect(await rows(sql`select kind from record.event where fact_id = ${id}`)).toEqual([])
    expect(await rows(sql`select reason, field_group from record.taken_back where fact_id = ${id}`)).toEqual([
      { reason, field_group: 'F03' },
    ])
    const twice = await worker.post(at(`/address/${id}/recorded-in-error`), { reason }, { page: at() })
    expect(twice.statusCode).toBe(409)
  })

  test('a new home ends the one they moved from, on that day', async () => {
    const post = (postcode: string, from: string, more = {}) =>
      worker.post(at('/address/new'), { kind: 'home', lines: 'Movers Row', postcode, from, ...more })
    await post('FX6 1AA', '1/2/2025')
    const old = await factOf('address', `postcode = 'FX6 1AA'`)
    expect(mainWords((await worker.get(at('/address/new'))).body)).toContain(
      'No longer lives at Movers Row, FX6 1AA',
    )
    await post('FX6 2BB', '3/4/2026', { [`ends[${old}]`]: 'yes', 'ends[nonsense]': 'yes' })
    const homes = await rows(sql`
      select postcode, to_day from record.address where postcode like 'FX6%' order by postcode`)
    expect(homes).toEqual([
      { postcode: 'FX6 1AA', to_day: '2026-04-03' },
      { postcode: 'FX6 2BB', to_day: null },
    ])
  })

  test('an address that is hidden takes how it stood before with it', async () => {
    await worker.post(at('/address/new'), {
      kind: 'correspondence',
      lines: '1 Refuge Row',
      postcode: 'FX5 5EE',
    })
    const id = await factOf('address', `postcode = 'FX5 5EE'`)
    await worker.post(at(`/address/${id}`), {
      kind: 'correspondence',
      lines: '2 Refuge Row',
      postcode: 'FX5 5EE',
      hidden: 'yes',
    })
    const groups = await rows(sql`
      select field_group from record.address where id = ${id} union all select field_group from history.address where id = ${id}`)
    expect(groups).toEqual([{ field_group: 'F04' }, { field_group: 'F04' }])
  })

  test('a birth moves what an unborn child is expected to be; birth, death and pronouns are put right', async () => {
    const wrong = await worker.post(`/children/${mine}/about`, {
      sex: 'F',
      born: '5/3/2014',
      expected: '1/1/2027',
      died: '1/1/2010',
    })
    expect(mainWords(wrong.body)).toContain('Once born, a child is no longer expected')
    expect(
      (await worker.post(`/children/${mine}/about`, { sex: 'F', born: '6/3/2014', pronouns: 'she/her' }))
        .statusCode,
    ).toBe(303)
    expect(mainWords((await worker.get(at())).body)).toMatch(/Born 6 Mar 2014 .* Pronouns she\/her/)
  })

  test('whoever reads a summary writes nothing, and takes nothing out', async () => {
    const id = await factOf('person_name')
    expect((await duty.get(at())).body).not.toContain('/details/name/new"')
    expect(
      (await duty.post(at('/name/new'), { kind: 'legal', forename: 'X' }, { page: '/people/new' }))
        .statusCode,
    ).toBe(403)
    const out = await duty.post(
      at(`/name/${id}/recorded-in-error`),
      { reason: 'mine to say' },
      { page: '/people/new' },
    )
    expect(out.statusCode).toBe(403)
    await expect(
      sql`insert into record.taken_back (person_id, fact_table, fact_id, field_group, reason) values (${mine}, 'address', ${id}, 'F03', 'not mine')`.execute(
        db.app,
      ),
    ).rejects.toThrow()
    expect((await rows(sql`select from record.person_name where id = ${id}`)).length).toBe(1)
  })
})
