import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { forms } from '../forms/area.ts'
import { people } from '../people/area.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { aChild } from '../testing/factories.ts'
import { signedIn } from '../testing/signed-in.ts'
import { involve, relate } from '../testing/ties.ts'
import { aHouse, mainWords, Visitor } from '../testing/visitor.ts'
import { casework } from './area.ts'

let db: TestDatabase
let house: FastifyInstance
let sam: Visitor
let other: Visitor
let ana: string
let ben: string
let stranger: string

beforeAll(async () => {
  db = await testDatabase()
  house = await aHouse(db, {
    areas: [people, casework, forms],
    now: () => new Date('2026-11-25T10:00:00Z'),
  })
  const session = await signedIn(db, { name: 'Sam Okoro', roles: ['A-SW'] })
  sam = new Visitor(house, session)
  other = new Visitor(house, await signedIn(db, { name: 'Una Lowe', roles: ['A-SW'] }))
  ana = await aChild(db.owner, { forename: 'Ana', surname: 'Wren', born: '2016-03-05' })
  ben = await aChild(db.owner, { forename: 'Ben', surname: 'Wren', born: '2018-03-05' })
  stranger = await aChild(db.owner, { forename: 'Cal', surname: 'Holt', born: '2015-03-05' })
  await relate(db, ana, ben, 'brother')
  for (const child of [ana, ben]) await involve(db, child, { account: session.account.id })
})
afterAll(async () => {
  await house?.close()
  await db?.close()
})

const rows = async <T>(query: ReturnType<typeof sql<T>>) => (await query.execute(db.owner)).rows
const address = (child = ana) => `/children/${child}/notes/new`
const typed = (more: Record<string, string> = {}) => ({
  kind: 'visit',
  when: '24/11/2026',
  at: '15:30',
  where: 'home',
  what: 'Ana was well.\n\n[police] A car was seen outside.',
  ...more,
})
const file = (body: Record<string, string>, child = ana, who = sam) =>
  who.post(address(child), { step: 'look', ...body }, { page: address(child) })
const seen = (child: string, how = 'alone') => ({ [`child[${child}][seen]`]: how })
const notesOf = (child: string) =>
  rows(sql<{ id: string; together: string | null }>`
    select id, written_together as together from record.case_note where person_id = ${child} and adds_to_id is null order by id`)
const eventsOf = async (child: string) =>
  (
    await rows(sql<{ kind: string }>`
    select kind from record.event where person_id = ${child} and fact_table in ('visit', 'case_note', 'taken_back') order by kind`)
  ).map(({ kind }) => kind)

describe('one child', () => {
  test('the form offers the family, and asks nothing that is not needed', async () => {
    const page = await sam.get(address())
    expect(page.statusCode).toBe(200)
    expect(mainWords(page.body)).toContain('Was Ana Wren seen?')
    expect(mainWords(page.body)).toContain('Ben Wren')
  })

  test('a visit is filed in one step: the note, its paragraphs with their marks, the visit and its event', async () => {
    const answer = await file(typed({ ...seen(ana), [`child[${ana}][said]`]: 'I like my room' }))
    expect(answer.statusCode).toBe(303)
    const [note] = await notesOf(ana)
    expect(answer.headers.location).toBe(`/children/${ana}/notes/${note!.id}`)
    expect(
      await rows(
        sql`select part, words, origin, field_group, parent_may_read from record.note_paragraph where case_note_id = ${note!.id} order by part, place`,
      ),
    ).toEqual([
      {
        part: 'child-said',
        words: 'I like my room',
        origin: 'child',
        field_group: 'F28',
        parent_may_read: true,
      },
      {
        part: 'happened',
        words: 'Ana was well.',
        origin: 'worker',
        field_group: 'F25',
        parent_may_read: true,
      },
      {
        part: 'happened',
        words: 'A car was seen outside.',
        origin: 'police',
        field_group: 'F25',
        parent_may_read: false,
      },
    ])
    expect(await eventsOf(ana)).toEqual(['child-seen'])
    const page = await sam.get(answer.headers.location as string)
    expect(mainWords(page.body)).toContain('seen, alone')
    expect(mainWords(page.body)).toContain('Not for parents')
  })

  test('an attempt is recorded with its reason, and is not a child seen', async () => {
    const without = await file(typed(seen(ana, 'not-seen')))
    expect(without.statusCode).toBe(422)
    expect(mainWords(without.body)).toContain('Say why Ana Wren was not seen')
    const answer = await file(typed({ ...seen(ana, 'not-seen'), [`child[${ana}][because]`]: 'nobody-in' }))
    expect(answer.statusCode).toBe(303)
    expect(await eventsOf(ana)).toEqual(['child-seen', 'visit-attempted'])
  })

  test('what is missing is said at its field, and every word is still there', async () => {
    const answer = await file(typed({ when: '30/11/2026', what: 'Words that stay' }))
    expect(answer.statusCode).toBe(422)
    expect(mainWords(answer.body)).toContain('today or before')
    expect(answer.body).toContain('Words that stay')
  })

  test('nobody writes on a record that is not open to them', async () => {
    const before = (await notesOf(ana)).length
    expect((await file(typed(seen(ana)), ana, other)).statusCode).toBe(403)
    expect((await other.get(`/children/${ana}/notes`)).statusCode).toBe(403)
    expect((await notesOf(ana)).length).toBe(before)
  })
})

describe('several children', () => {
  const both = () =>
    typed({
      others: ben,
      ...seen(ana),
      ...seen(ben, 'with-others'),
      what: 'Both were at home.\n\n[about Ben] He has a cough.\n\nAna said Ben takes her things.',
      [`child[${ana}][differs]`]: 'She showed her drawings.',
    })
  const shownIn = (body: string) => /name="shown" value="([^"]+)"/.exec(body)![1]!

  test('each child’s version is shown before anything is filed, lines that name another child marked', async () => {
    const before = (await notesOf(ben)).length
    const answer = await file(both())
    expect(answer.statusCode).toBe(200)
    expect(mainWords(answer.body)).toContain('it names another child')
    expect((await notesOf(ben)).length).toBe(before)
    const unseen = await file({ ...both(), step: 'file', shown: 'something else' })
    expect(mainWords(unseen.body)).toContain('Something has changed')
    expect((await notesOf(ben)).length).toBe(before)
  })

  test('filed, each has their own note and visit, without what is the other’s', async () => {
    const shown = shownIn((await file(both())).body)
    const answer = await file({ ...both(), step: 'file', shown, leave: `${ben}:happened:2` })
    expect(answer.statusCode).toBe(303)
    const [bens] = (await notesOf(ben)).slice(-1)
    const [anas] = (await notesOf(ana)).slice(-1)
    expect(bens!.together).toBe(anas!.together)
    const words = async (note: string) =>
      (
        await rows(
          sql<{
            words: string
          }>`select words from record.note_paragraph where case_note_id = ${note} and part = 'happened' order by place`,
        )
      ).map((one) => one.words)
    expect(await words(anas!.id)).toEqual([
      'Both were at home.',
      'Ana said Ben takes her things.',
      'She showed her drawings.',
    ])
    expect(await words(bens!.id)).toEqual(['Both were at home.', 'He has a cough.'])
    expect(
      await rows(sql`select seen, seen_alone from record.visit where case_note_id = ${bens!.id}`),
    ).toEqual([{ seen: true, seen_alone: false }])
  })

  test('a child whose record is not open to the writer cannot be written about', async () => {
    const answer = await file(typed({ others: stranger, ...seen(ana) }))
    expect(answer.statusCode).toBe(422)
    expect(mainWords(answer.body)).toContain('You may not write on the record of one of these children')
    expect(await notesOf(stranger)).toEqual([])
  })
})

describe('after it is filed', () => {
  test('what is added stands under it; the note itself cannot be changed', async () => {
    const [note] = await notesOf(ana)
    const at = `/children/${ana}/notes/${note!.id}`
    expect((await sam.post(`${at}/add`, { what: 'He rang back.' }, { page: at })).statusCode).toBe(303)
    const page = await sam.get(at)
    expect(mainWords(page.body)).toMatch(/Added later .*He rang back/)
    expect(
      (
        await sam.post(
          `${at}/significant`,
          { significant: 'yes', words: 'A car outside the home' },
          { page: at },
        )
      ).statusCode,
    ).toBe(303)
    expect(await eventsOf(ana)).toContain('noted-as-significant')
    expect(mainWords((await sam.get(`/children/${ana}/chronology`)).body)).toContain('A car outside the home')
  })

  test('recorded on the wrong person: it goes with its visit and its history, and the wrong record says only that', async () => {
    const [note] = await notesOf(ana)
    const at = `/children/${ana}/notes/${note!.id}`
    await sql`update record.note_paragraph set words = words || '!' where case_note_id = ${note!.id}`.execute(
      db.owner,
    )
    const [right] = await rows(
      sql<{ reference: string }>`select reference from record.person where id = ${ben}`,
    )
    const wrong = await sam.post(
      `${at}/wrong-person`,
      { to: 'somebody', person: 'P-ZZZZZZ', reason: 'Wrong child' },
      { page: `${at}/wrong-person` },
    )
    expect(wrong.statusCode).toBe(422)
    const moved = await sam.post(
      `${at}/wrong-person`,
      { to: 'somebody', person: right!.reference, reason: 'It was his visit' },
      { page: `${at}/wrong-person` },
    )
    expect(moved.headers.location).toBe(`/children/${ben}/notes/${note!.id}`)
    expect(mainWords((await sam.get(moved.headers.location as string)).body)).toContain(
      'A car was seen outside.',
    )
    for (const table of [
      'record.case_note',
      'record.note_paragraph',
      'record.visit',
      'history.note_paragraph',
      'history.case_note',
    ]) {
      const key = table.endsWith('case_note') ? 'id' : 'case_note_id'
      const { rows: left } = await sql<{ person: string }>`
        select distinct person_id as person from ${sql.table(table)} where ${sql.ref(key)} = ${note!.id}`.execute(
        db.owner,
      )
      expect(left.filter(({ person }) => person === ana)).toEqual([])
    }
    expect((await sam.get(at)).statusCode).toBe(404)
    expect(await eventsOf(ana)).toContain('entry-taken-back')
    expect(mainWords((await sam.get(`/children/${ana}/chronology`)).body)).toContain(
      'An entry made in error was taken out: It was his visit',
    )
  })

  test('a note that belongs nowhere leaves no words anywhere', async () => {
    const [note] = (await notesOf(ana)).slice(-1)
    const at = `/children/${ana}/notes/${note!.id}`
    const gone = await sam.post(
      `${at}/wrong-person`,
      { to: 'nobody', reason: 'Never happened' },
      { page: `${at}/wrong-person` },
    )
    expect(gone.headers.location).toBe(`/children/${ana}/notes`)
    for (const table of ['record.note_paragraph', 'history.note_paragraph', 'record.visit', 'history.visit'])
      expect(
        (await sql`select from ${sql.table(table)} where case_note_id = ${note!.id}`.execute(db.owner)).rows,
      ).toEqual([])
  })
})
