import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { people } from '../people/area.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { aChild, fact } from '../testing/factories.ts'
import { signedIn } from '../testing/signed-in.ts'
import { involve, relate, restricted } from '../testing/ties.ts'
import { housed, mainWords, Visitor } from '../testing/visitor.ts'
import { buildServer } from '../web/server.ts'
import { casework } from './area.ts'
import { vaultWith } from './documents/services.ts'
import { letters } from './letters/area.ts'
import { textOf } from './papers/text-of.ts'

let db: TestDatabase
let place: string
let house: FastifyInstance
let sam: Visitor
let ana: string
let ben: string
let note: string

beforeAll(async () => {
  db = await testDatabase()
  place = await mkdtemp(join(tmpdir(), 'chronology-'))
  house = await buildServer({
    ...housed(db, { areas: [people, casework, letters], now: () => new Date('2026-11-25T10:00:00Z') }),
    documents: vaultWith({
      folder: join(place, 'bytes'),
      keyFolder: join(place, 'keys'),
      keys: ['a key of the server for tests only, long enough'],
    }),
  })
  const session = await signedIn(db, { name: 'Sam Okoro', roles: ['A-SW'] })
  sam = new Visitor(house, session)
  ana = await aChild(db.owner, { forename: 'Ana', surname: 'Wren', born: '2016-03-05' })
  ben = await aChild(db.owner, { forename: 'Ben', surname: 'Wren', born: '2018-03-05' })
  const cal = await aChild(db.owner, { forename: 'Cal', surname: 'Wren', born: '2019-03-05' })
  await relate(db, ana, ben, 'brother')
  await relate(db, ana, cal, 'brother')
  await restricted(db, cal, 2)
  for (const child of [ana, ben]) {
    await involve(db, child, { account: session.account.id })
    await fact(db.owner, 'child_protection_plan', { person_id: child, cp_plan_start_date: '2026-03-01' })
    await fact(db.owner, 'visit', {
      person_id: child,
      kind: 'child-protection',
      visit_date: '2026-04-01',
      seen: true,
    })
  }
  note = await fact(db.owner, 'case_note', {
    person_id: ana,
    kind: 'file-note',
    note_date: '2026-05-01',
    significant: true,
    significant_words: 'Grandmother took her in',
  })
  await fact(db.owner, 'address', {
    person_id: ana,
    address_lines: '12 Rowan Close',
    postcode: 'OT7 3QX',
    protected: true,
    from_day: '2026-06-01',
  })
})
afterAll(async () => {
  await house?.close()
  await db?.close()
  if (place) await rm(place, { recursive: true })
})

const chronology = async (query = '', child = ana) =>
  mainWords((await sam.get(`/children/${child}/chronology${query}`)).body)
const rows = async <T>(query: ReturnType<typeof sql<T>>) => (await query.execute(db.owner)).rows
const eventOf = async (kind: string, person = ana) =>
  (
    await rows(
      sql<{ id: string }>`select id from record.event where person_id = ${person} and kind = ${kind}`,
    )
  )[0]!.id
const mark = async (event: string, fields: Record<string, string>, child = ana) => {
  const page = `/children/${child}/chronology/${event}/mark`
  return sam.post(
    page,
    { words: '', impact: '', because: '', _once: crypto.randomUUID(), ...fields },
    { page },
  )
}

test('a worker says what an entry meant; it stands in the chronology, and a look back shows what stood before', async () => {
  const event = await eventOf('child-protection-plan-started')
  expect((await mark(event, { significant: 'yes', leave_out: 'yes', because: 'Twice' })).statusCode).toBe(422)
  expect((await mark(event, { leave_out: 'yes' })).statusCode).toBe(422)
  expect(
    (await mark(event, { significant: 'yes', impact: 'She slept through for the first time' })).statusCode,
  ).toBe(303)
  expect(await chronology()).toContain('What it meant: She slept through for the first time')
  await mark(event, { significant: 'yes', impact: 'She sleeps' })
  expect(await chronology()).not.toContain('for the first time')
  expect(await rows(sql`select from history.chronology_mark where impact like 'She slept%'`)).toHaveLength(1)
  expect((await sam.get(`/children/${ben}/chronology/${event}/mark`)).statusCode).toBe(404)
})

test('sisters and brothers stand under one, as far as their records are open', async () => {
  const { body } = await sam.get(`/children/${ana}/chronology?view=chosen&also=${ben}`)
  const words = mainWords(body)
  expect(words).toContain('Ana Wren and Ben Wren')
  expect(words).not.toContain('Cal')
  expect(words).not.toContain('Seen at a visit')
  expect(words).toContain('Grandmother took her in')
})

test('the file is for others: PDF and Word say the same, without daily work and kept addresses', async () => {
  for (const form of ['pdf', 'docx'] as const) {
    const file = await sam.get(`/children/${ana}/chronology/file?form=${form}&also=${ben}`)
    const text = textOf({ form, bytes: file.rawPayload }).replace(/\s+/g, ' ')
    expect(text).toContain('Family chronology')
    expect(text).toContain('Grandmother took her in')
    expect(text).toContain('the address is kept from others')
    expect(text).not.toContain('OT7')
    expect(text).not.toContain('Seen at a visit')
  }
})

test('a chronology is kept as it was known, for what it was made, and stays when the record changes', async () => {
  const page = `/children/${ana}/chronology/keep?view=chosen`
  expect(mainWords((await sam.get(page)).body)).toContain('Grandmother took her in')
  const kept = await sam.post(
    page,
    { purpose: 'court', purpose_words: 'Hearing of 3 December', _once: crypto.randomUUID() },
    { page },
  )
  expect(kept.statusCode).toBe(303)
  const document = String(kept.headers.location)
  const [row] = await rows(sql<{ field_group: string; title: string }>`select * from record.document`)
  expect(row).toMatchObject({
    field_group: 'F34',
    title: 'Chronology, for court, as known on Wed 25 Nov 2026, 10:00',
  })
  await mark(await eventOf('noted-as-significant'), {
    leave_out: 'yes',
    because: 'Her grandmother asked us to',
  })
  expect(await chronology('?view=chosen')).not.toContain('Grandmother took her in')
  expect(await chronology('?view=chosen')).toContain('1 entry left out by hand')
  expect(await chronology()).toContain('Left out of what others are given : Her grandmother asked us to')
  const text = textOf({ form: 'pdf', bytes: (await sam.get(`${document}/look`)).rawPayload }).replace(
    /\s+/g,
    ' ',
  )
  expect(text).toContain('Grandmother took her in')
  expect(text).toContain('For court: Hearing of 3 December')
  expect(await chronology()).toContain('For court: Hearing of 3 December, as known on Wed 25 Nov 2026, 10:00')
})

test('what is said of a note goes with the note, and out of the record with it', async () => {
  await sql`update record.chronology_mark set impact = 'Her words', left_out_because = null where fact_id = ${note}`.execute(
    db.owner,
  )
  const page = `/children/${ana}/notes/${note}/wrong-person`
  const ben_number = (
    await rows(sql<{ reference: string }>`select reference from record.person where id = ${ben}`)
  )[0]!.reference
  expect(
    (await sam.post(page, { to: 'somebody', person: ben_number, reason: 'It was Ben' }, { page })).statusCode,
  ).toBe(303)
  const marks = (table: 'record' | 'history', of = note) =>
    rows(
      sql<{
        person_id: string
      }>`select person_id from ${sql.table(`${table}.chronology_mark`)} where fact_id = ${of}`,
    )
  expect((await marks('record')).map(({ person_id }) => person_id)).toEqual([ben])
  expect((await marks('history')).every(({ person_id }) => person_id === ben)).toBe(true)
  expect(await chronology('', ben)).toContain('Her words')
  // It was nobody’s after all: moved once, it can be moved again.
  const again = `/children/${ben}/notes/${note}/wrong-person`
  expect(
    (await sam.post(again, { to: 'nobody', person: '', reason: 'It was a test' }, { page: again }))
      .statusCode,
  ).toBe(303)
  expect(await marks('record')).toEqual([])
  expect(await marks('history')).toEqual([])
  const wrong = await fact(db.owner, 'case_note', {
    person_id: ana,
    kind: 'file-note',
    note_date: '2026-05-02',
    significant: true,
  })
  await mark((await rows(sql<{ id: string }>`select id from record.event where fact_id = ${wrong}`))[0]!.id, {
    impact: 'Nobody said it',
  })
  const error = `/children/${ana}/notes/${wrong}/wrong-person`
  expect(
    (await sam.post(error, { to: 'nobody', person: '', reason: 'Nobody said it' }, { page: error }))
      .statusCode,
  ).toBe(303)
  expect(await marks('record', wrong)).toEqual([])
  expect(await marks('history', wrong)).toEqual([])
})

test('the living summary stands on the front with who wrote it when; older than a quarter it asks to be written again', async () => {
  const page = `/children/${ana}/living-summary`
  expect(mainWords((await sam.get(`/children/${ana}`)).body)).toContain('Write the living summary')
  expect((await sam.post(page, { words: '', _once: crypto.randomUUID() }, { page })).statusCode).toBe(422)
  expect(
    (await sam.post(page, { words: 'Ana is ten and draws.', _once: crypto.randomUUID() }, { page }))
      .statusCode,
  ).toBe(303)
  const front = mainWords((await sam.get(`/children/${ana}`)).body)
  expect(front).toContain('Ana is ten and draws. Sam Okoro, 25 Nov 2026')
  await sql`update record.living_summary set written_on = '2026-08-01'`.execute(db.owner)
  expect(mainWords((await sam.get(`/children/${ana}`)).body)).toContain(
    'Older than a quarter of a year Write it again',
  )
  await sam.post(page, { words: 'Ana is ten and a half.', _once: crypto.randomUUID() }, { page })
  const all = mainWords((await sam.get(page)).body)
  expect(all.indexOf('ten and a half')).toBeLessThan(all.indexOf('ten and draws'))
})
