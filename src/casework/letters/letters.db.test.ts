import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openRecord } from '../../access/opening.ts'
import { reading } from '../../access/reading.ts'
import { people } from '../../people/area.ts'
import { type TestDatabase, testDatabase } from '../../testing/database.ts'
import { aChild, fact, someone } from '../../testing/factories.ts'
import { aTeam, signedIn } from '../../testing/signed-in.ts'
import { involve, restricted } from '../../testing/ties.ts'
import { housed, mainWords, Visitor } from '../../testing/visitor.ts'
import { buildServer } from '../../web/server.ts'
import type { Session } from '../../web/session.ts'
import { casework } from '../area.ts'
import { vaultWith } from '../documents/services.ts'
import { leaksInTexts } from '../papers/leaks.ts'
import { textOf } from '../papers/text-of.ts'
import { letters } from './area.ts'
import { filled, type LetterFacts, wrongInTemplate } from './merging.ts'
import { writtenTo } from './needs.ts'

let db: TestDatabase
let place: string
let house: FastifyInstance
let session: Session
let sam: Visitor
let bea: Visitor
let max: Visitor
let beth: Visitor
let ana: string
let ben: string
let mother: string
let father: string

beforeAll(async () => {
  db = await testDatabase()
  place = await mkdtemp(join(tmpdir(), 'letters-'))
  house = await buildServer({
    ...housed(db, { areas: [people, casework, letters], now: () => new Date('2026-11-25T10:00:00Z') }),
    documents: vaultWith({
      folder: join(place, 'bytes'),
      keyFolder: join(place, 'keys'),
      keys: ['a key of the server for tests only, long enough'],
    }),
  })
  const team = await aTeam(db)
  session = await signedIn(db, { name: 'Sam Okoro', roles: ['A-SW'], teams: [team] })
  sam = new Visitor(house, session)
  bea = new Visitor(house, await signedIn(db, { name: 'Bea Support', roles: ['A-BS'], teams: [team] }))
  max = new Visitor(house, await signedIn(db, { name: 'Max Hollis', roles: ['A-ADM'] }))
  beth = new Visitor(house, await signedIn(db, { name: 'Beth Arnott', roles: ['A-SM'] }))
  ana = await aChild(db.owner, { forename: 'Ana', surname: 'Wren', born: '2016-03-05' })
  ben = await aChild(db.owner, { forename: 'Ben', surname: 'Wren', born: '2018-03-05' })
  mother = await someone(db.owner, { forename: 'Dana', surname: 'Wren', born: '1990-01-01', sex: 'F' })
  father = await someone(db.owner, { forename: 'Gil', surname: 'Harker', born: '1988-01-01', sex: 'M' })
  const uncle = await someone(db.owner, { forename: 'Ned', surname: 'Quill', born: '1985-01-01', sex: 'M' })
  const owner = db.owner
  for (const child of [ana, ben]) {
    await fact(owner, 'relationship', {
      person_id: child,
      other_person_id: mother,
      other_name: 'Dana Wren',
      kind: 'mother',
      same_household: true,
    })
    await fact(owner, 'relationship', {
      person_id: child,
      other_person_id: father,
      other_name: 'Gil Harker',
      kind: 'father',
    })
    await fact(owner, 'relationship', {
      person_id: child,
      other_person_id: uncle,
      other_name: 'Ned Quill',
      kind: 'aunt-or-uncle',
    })
    for (const parent of [mother, father])
      await fact(owner, 'parental_responsibility', {
        person_id: child,
        holder_person_id: parent,
        basis: 'mother',
      })
    await fact(owner, 'address', {
      person_id: child,
      address_lines: 'Flat 3\n12 Rowan Close\nOtterby',
      postcode: 'OT7 3QX',
      protected: true,
      from_day: '2025-01-01',
    })
    await involve(db, child, { account: session.account.id })
    await involve(db, child, { team })
  }
  await fact(owner, 'relationship', {
    person_id: ana,
    other_person_id: ben,
    other_name: 'Ben Wren',
    kind: 'brother',
  })
  await fact(owner, 'address', {
    person_id: mother,
    address_lines: 'Flat 3\n12 Rowan Close\nOtterby',
    postcode: 'OT7 3QX',
    protected: true,
    from_day: '2025-01-01',
  })
  await fact(owner, 'contact_detail', {
    person_id: mother,
    kind: 'mobile',
    value: '07700 900123',
    protected: true,
  })
  await fact(owner, 'address', {
    person_id: father,
    address_lines: '8 Station Road\nFellbridge',
    postcode: 'FB1 9ZZ',
    from_day: '2020-01-01',
  })
  await fact(owner, 'communication_need', {
    person_id: father,
    topic: 'language',
    answer: 'known',
    words: 'Polish',
    asked_on: '2026-01-01',
    origin: 'parent',
  })
  await fact(owner, 'communication_need', {
    person_id: father,
    topic: 'adjustment',
    answer: 'known',
    words: 'Letters in 18 point',
    asked_on: '2026-01-01',
    origin: 'parent',
  })
  await restricted(db, uncle, 2)
  const contact = await fact(owner, 'contact', { person_id: ana, contact_date: '2026-01-05' })
  await fact(owner, 'informant', {
    person_id: ana,
    contact_id: contact,
    informant_name: 'Maud Pettigrew',
    reached_by: '01632 960 777',
  })
})
afterAll(async () => {
  await house?.close()
  await db?.close()
  if (place) await rm(place, { recursive: true })
})

const rows = async <T>(query: ReturnType<typeof sql<T>>) => (await query.execute(db.owner)).rows
const writePage = (to: string, { template = 'appointment', child = ana, more = '' } = {}) =>
  `/children/${child}/letters/write?template=${template}&to=${to}${more}`
const typed = {
  to_name: 'Gil Harker',
  to_lines: '8 Station Road\nFellbridge\nFB1 9ZZ',
  title: 'An appointment',
  words: 'Dear Gil Harker,\n\nPlease come on Tuesday.\n\nSam Okoro',
  telephone: '01632 960 101',
  print: 'ordinary',
  translate_into: '',
  send: 'print',
}
const send = (fields: Record<string, string>, page = writePage(father), who = sam) =>
  who.post(page, { ...typed, step: 'file', _once: crypto.randomUUID(), ...fields }, { page })

describe('what must not reach an addressee', () => {
  const find = async (text: string, { to = father, homeKept = true } = {}) => {
    const opened = await openRecord(db.app, session, ana, {
      purpose: 'looking through a letter',
      groups: ['F07'],
    })
    expect(opened.allowed).toBe(true)
    const found = await reading(db.app, session, (trx) =>
      leaksInTexts(trx, { about: [ana], addressee: to, homeKept }, [{ place: 'the letter', text }]),
    )
    return found.map(({ kind }) => kind)
  }

  test.each([
    ['a postcode as it is', 'Come to OT7 3QX today', ['postcode']],
    ['in small letters without a space', 'ot73qx', ['postcode']],
    ['over two lines', 'they live at OT7\n   3QX.', ['postcode']],
    ['letter by letter', 'O T 7 - 3 Q X', ['postcode']],
    ['with signs nobody sees', 'OT\u00ad7 3\u200bQX', ['postcode']],
    ['full width letters', 'ＯＴ７ ３ＱＸ', ['postcode']],
    ['inside a longer word it is another', 'NOOT7 3QXS', []],
    ['the house and its street', 'at 12, rowan  CLOSE we', ['address', 'street']],
    ['the street alone', 'near Rówan-Close', ['street']],
    ['the town says nothing', 'in Otterby', []],
    ['a telephone number', 'ring +44 (0)7700 900 123', ['contact']],
    ['somebody restricted', 'ask Ned   quill', ['name']],
    ['who told us', 'as Maud Pettigrew said, 01632960777', ['informant']],
    ['their own address is no secret', '8 Station Road, FB1 9ZZ', []],
    ['all is well', 'Dear Gil Harker, Ana and Ben are well. Dana Wren comes too.', []],
  ])('%s', async (_, text, kinds) => expect(await find(text)).toEqual(kinds))

  test('who lives there may read it, who does not may not', async () => {
    expect(await find('12 Rowan Close, OT7 3QX', { to: mother, homeKept: false })).toEqual([])
    expect(await find('12 Rowan Close, OT7 3QX', { to: father, homeKept: false })).toEqual([
      'address',
      'postcode',
      'street',
    ])
  })

  test('nobody looks through what is not open to them', async () => {
    await expect(
      reading(db.app, await signedIn(db, { name: 'Una Lowe', roles: ['A-SW'] }), (trx) =>
        leaksInTexts(trx, { about: [ana], addressee: father, homeKept: true }, [
          { place: 'x', text: 'OT7 3QX' },
        ]),
      ),
    ).rejects.toThrow()
    await expect(
      sql`select * from record.kept_from(array[${ana}]::uuid[], null, true)`.execute(db.app),
    ).rejects.toThrow('permission denied')
  })
})

test('every template that comes with the service is whole, and fills in', async () => {
  const versions = await rows(sql<{
    template: string
    title: string
    body: string
    child_body: string | null
    easy_body: string | null
  }>`
    select * from letters.template_version`)
  expect(versions.length).toBeGreaterThanOrEqual(12)
  const facts: LetterFacts = {
    authority: 'Fellshire',
    today: '2026-11-25',
    children: [{ name: 'Ana Wren' }],
    worker: 'Sam',
    onProtectionPlan: true,
    inCare: true,
    inNeed: true,
    addressee: { kind: 'family', name: 'Dana', ...writtenTo([]), interpreter: true, language: 'Polish' },
  }
  for (const { template, title, body, child_body, easy_body } of versions)
    for (const words of [title, body, child_body, easy_body]) {
      expect(wrongInTemplate(words ?? ''), template).toEqual([])
      expect(filled(words ?? '', facts), template).not.toMatch(/[{}]/)
    }
})

test('choosing shows whom a letter may go to, what to mind, and nobody restricted', async () => {
  const words = mainWords((await sam.get(`/children/${ana}/letters/new`)).body)
  expect(words).toContain('Gil Harker, father')
  expect(words).toContain('May not know where the child lives: the address is kept from others')
  expect(words).toContain('Reads Polish: a translated copy will be due')
  expect(words).toContain('Dana Wren, mother')
  expect(words).not.toContain('Ned Quill')
  expect(words).toContain('What became of a referral')
})

test('a letter is filled from the record: large print, language, address, brackets for what is not on record', async () => {
  const { body } = await sam.get(writePage(father))
  expect(body).toContain('8 Station Road')
  expect(body).toMatch(/value="large" checked/)
  expect(body).toContain('value="Polish"')
  expect(body).toContain('[the day of the meeting]')
  expect(body).not.toContain('OT7')
  expect((await sam.get(writePage(mother))).body).toContain('12 Rowan Close')
  expect((await sam.get(writePage(crypto.randomUUID()))).statusCode).toBe(404)
  expect((await sam.get(writePage(father, { template: '__proto__' }))).statusCode).toBe(404)
})

test('what must be kept is refused with words for what stands where, and nothing is filed', async () => {
  const before = await rows(sql`select from record.document`)
  const refused = await send({ words: 'Dear Gil,\n\nWe meet at 12 Rowan Close,\nOT7\n3qx.' })
  expect(refused.statusCode).toBe(422)
  const words = mainWords(refused.body)
  expect(words).toContain('This letter cannot go. In paragraph 2 stands')
  expect(words).toContain('a postcode that is kept from others')
  expect((await send({ to_lines: '12 Rowan Close\nOtterby' })).statusCode).toBe(422)
  expect((await send({ title: 'From Ned Quill' })).body).toContain(
    'the name of somebody whose record is restricted',
  )
  // Two places that say nothing each, and together everything.
  expect((await send({ words: 'They live in OT7\n\n3QX is a number' })).body).toContain(
    'This letter cannot go',
  )
  expect(mainWords((await send({ words: 'On [the day]' })).body)).toContain('Still to be written: the day')
  expect(mainWords((await send({ words: 'Dear محمد' })).body)).toContain('The PDF has no letters for محمد')
  expect(await rows(sql`select from record.document`)).toHaveLength(before.length)
})

interface Row {
  id: string
  person_id: string
  document_id: string
  written_together: string | null
  printed_at: Date | null
}

test('one letter about two children is filed once for each; its Word file says the same; it is in the chronology', async () => {
  const filed = await send(
    { translate_into: 'Polish', print: 'large' },
    writePage(father, { more: `&also=${ben}` }),
  )
  expect(filed.statusCode).toBe(303)
  const made = await rows(sql<Row>`select * from record.letter order by recorded_at`)
  expect(made.map(({ person_id }) => person_id).sort()).toEqual([ana, ben].sort())
  expect(made[0]!.written_together).not.toBeNull()
  const page = mainWords((await sam.get(String(filed.headers.location))).body)
  expect(page).toContain('A copy in Polish is due')
  expect(page).toContain('Please come on Tuesday')
  const [own] = made.filter(({ person_id }) => person_id === ana)
  const pdf = await sam.get(`/children/${ana}/documents/${own!.document_id}/look`)
  expect(textOf({ form: 'pdf', bytes: pdf.rawPayload })).toContain('Tuesday')
  const word = await sam.get(`/children/${ana}/letters/${own!.id}/word`)
  expect(textOf({ form: 'docx', bytes: word.rawPayload })).toContain('A copy of this letter in Polish')
  expect(mainWords((await sam.get(`/children/${ben}/chronology`)).body)).toContain(
    'An appointment, to Gil Harker',
  )
  expect(mainWords((await sam.get(`/children/${ana}/documents`)).body)).toContain(
    'An appointment, to Gil Harker',
  )
  await sam.post(
    `/children/${ana}/letters/${own!.id}/handle`,
    { what: 'translated' },
    { page: `/children/${ana}/letters/${own!.id}` },
  )
  expect(mainWords((await sam.get(`/children/${ana}/letters/${own!.id}`)).body)).toContain('Sent 25 Nov 2026')
})

test('a letter for each child leads from one to the next', async () => {
  const first = await send({ send: 'self' }, writePage(father, { more: `&also=${ben}&how=each` }))
  expect(first.headers.location).toContain(`/children/${ben}/letters/write?template=appointment&to=${father}`)
})

test('business support prints many at once, reads nothing else, and nothing that has become a secret since', async () => {
  await send({ words: 'The second letter.' })
  const list = mainWords((await bea.get('/letters-to-print')).body)
  expect(list).toContain('Gil Harker')
  expect(list).toContain('a copy in Polish is due')
  const waiting = await rows(
    sql<Row>`select distinct on (coalesce(written_together, id)) * from record.letter where print_asked_at is not null and printed_at is null order by coalesce(written_together, id), id`,
  )
  expect(waiting).toHaveLength(2)
  expect((await bea.get(`/children/${ana}/letters/${waiting[0]!.id}`)).body).not.toContain('Please come')
  const print = async (what: string, chosen = waiting) => {
    const token = /name="_csrf" value="([^"]+)"/.exec((await bea.get('/letters-to-print')).body)?.[1] ?? ''
    return house.inject({
      method: 'POST',
      url: '/letters-to-print',
      headers: {
        accept: 'text/html',
        cookie: [...bea.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        'content-type': 'application/x-www-form-urlencoded',
      },
      payload: new URLSearchParams([
        ['_csrf', token],
        ['what', what],
        ...chosen.map(({ id }) => ['letter', id]),
      ]).toString(),
    })
  }
  const pdf = await print('pdf')
  expect(pdf.headers['content-type']).toBe('application/pdf')
  const text = textOf({ form: 'pdf', bytes: pdf.rawPayload }).replace(/\s+/g, ' ')
  expect(text).toContain('The second letter.')
  expect(text.match(/Page 1 of/g)).toHaveLength(2)
  expect(
    await rows(sql`select from audit.trail where payload ->> 'purpose' = 'printing a letter'`),
  ).toHaveLength(2)
  // The father moves, and his old home becomes a refuge of the children.
  await sql`update record.address set to_day = '2026-11-01' where person_id = ${father}`.execute(db.owner)
  const moved = await fact(db.owner, 'address', {
    person_id: ben,
    address_lines: '8 Station Road',
    postcode: 'FB1 9ZZ',
    protected: true,
  })
  const refused = await print('pdf')
  expect(refused.statusCode).toBe(409)
  expect(mainWords(refused.body)).toContain('2 letters cannot go any more')
  await sql`delete from record.address where id = ${moved}`.execute(db.owner)
  await sql`update record.address set to_day = null where person_id = ${father}`.execute(db.owner)
  expect((await print('printed')).statusCode).toBe(303)
  expect(mainWords((await bea.get('/letters-to-print')).body)).toContain('No letter waits')
})

test('taken off the wrong record, a letter goes with its document', async () => {
  const [one] = await rows(
    sql<Row>`select * from record.letter where written_together is null and person_id = ${ana}`,
  )
  const page = `/children/${ana}/documents/${one!.document_id}/wrong-record`
  const gone = await sam.post(
    page,
    { to: 'error', person: '', reason: 'Written for another family' },
    { page },
  )
  expect(gone.statusCode).toBe(303)
  expect(await rows(sql`select from record.letter where id = ${one!.id}`)).toHaveLength(0)
})

test('a template is written by an administrator and published by somebody else', async () => {
  const page = '/administration/letters/appointment'
  const body = 'Dear {dear},\n\nPlease come on {meeting-day}.\n\n{worker}'
  const fields = { title: 'Come and see us', body, child_body: '', easy_body: '', why: 'Shorter' }
  expect((await max.post(page, { ...fields, body: '{chid}', step: 'file' }, { page })).body).toContain(
    'There is no field {chid}',
  )
  expect((await max.post(page, { ...fields, _once: crypto.randomUUID() }, { page })).statusCode).toBe(303)
  expect(mainWords((await max.get(page)).body)).toContain('Version 2 by Max Hollis waits to be published')
  const [draft] = await rows(sql<{ id: string }>`select id from letters.template_version where version = 2`)
  const publish = (who: Visitor) => who.post(`${page}/publish`, { version: draft!.id }, { page })
  expect((await publish(max)).statusCode).toBe(403)
  expect((await sam.get(page)).statusCode).toBe(403)
  expect((await sam.get(writePage(father))).body).not.toContain('Come and see us')
  expect((await publish(beth)).statusCode).toBe(303)
  expect((await sam.get(writePage(father))).body).toContain('Come and see us')
  const made = await max.post(
    '/administration/letters/new',
    { ...fields, name: 'Thank you', addressed_to: 'family', _once: crypto.randomUUID() },
    { page: '/administration/letters/new' },
  )
  expect(made.headers.location).toBe('/administration/letters/thank-you')
})
