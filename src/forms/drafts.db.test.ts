import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openRecord } from '../access/opening.ts'
import { reading, writing } from '../access/reading.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { someone } from '../testing/factories.ts'
import { signedIn } from '../testing/signed-in.ts'
import { involve } from '../testing/ties.ts'
import type { Session } from '../web/session.ts'
import type { Saving } from './drafts.ts'
import {
  draftOf,
  draftsAbout,
  endDraft,
  myDrafts,
  openDraft,
  saveDraft,
  takeUpAgain,
} from './drafts-store.ts'

let db: TestDatabase
let child: string
let ana: Session
let ben: Session

beforeAll(async () => {
  db = await testDatabase()
  child = await someone(db.owner)
  ana = await signedIn(db, { name: 'Ana', roles: ['A-SW'] })
  ben = await signedIn(db, { name: 'Ben', roles: ['A-SW'] })
})
afterAll(() => db?.close())

const said = (more: Partial<Saving> = {}): Saving => ({
  form: 'visit-or-note',
  address: `/children/${child}/notes/new`,
  about: [child],
  group: 'F25',
  window: randomUUID(),
  sent: 1,
  fields: {},
  decided: [],
  shows: {},
  ...more,
})
const text = (value: string, version = 0, was?: string) => ({ value, version, ...(was ? { was } : {}) })
const save = (who: Session, draft: string, what: Saving) =>
  writing(db.app, who, (trx) => saveDraft(trx, who, draft, what))
const read = (who: Session, draft: string) => reading(db.app, who, (trx) => draftOf(trx, draft))

describe('a draft of one’s own', () => {
  test('is there for its writer, on another device, with the cursor; and for nobody else', async () => {
    const draft = randomUUID()
    await save(
      ana,
      draft,
      said({ fields: { what: text('Seen at') }, cursor: { field: 'what', start: 7, end: 7 } }),
    )
    expect(await read(ana, draft)).toMatchObject({
      values: { what: 'Seen at' },
      cursor: { field: 'what', start: 7 },
    })
    expect(await read(ben, draft)).toBeUndefined()
    expect(await save(ben, draft, said({ fields: { what: text('Mine now') } }))).toBeUndefined()
    expect((await read(ana, draft))?.values).toEqual({ what: 'Seen at' })
    const { rows } = await sql`select from forms.draft_field`.execute(db.app)
    expect(rows).toEqual([])
  })

  test('two devices of one person: the one that did not see the other’s words overwrites nothing', async () => {
    const draft = randomUUID()
    const [phone, laptop] = [said().window, said().window]
    await save(ana, draft, said({ window: phone, fields: { what: text('From the phone') } }))
    const late = await save(ana, draft, said({ window: laptop, fields: { what: text('From the laptop') } }))
    expect(late?.beside).toEqual([{ name: 'what', value: 'From the phone', version: 1, by: 'Ana' }])
    const decided = await save(
      ana,
      draft,
      said({ window: laptop, sent: 2, fields: { what: text('From both', 1) }, decided: ['what'] }),
    )
    expect(decided?.versions).toEqual({ what: 2 })
    const { rows } = await sql<{
      n: number
    }>`select count(*)::int as n from forms.draft_other where draft_id = ${draft}`.execute(db.owner)
    expect(rows[0]!.n).toBe(0)
  })

  test('filed, its words are gone from it and nothing more is saved; put away, they come back', async () => {
    const draft = randomUUID()
    await save(ana, draft, said({ fields: { what: text('Words') } }))
    await writing(db.app, ana, (trx) => endDraft(trx, draft, 'put away'))
    expect(await read(ana, draft)).toBeUndefined()
    await writing(db.app, ben, (trx) => takeUpAgain(trx, draft)).then((done) => expect(done).toBe(false))
    expect(await writing(db.app, ana, (trx) => takeUpAgain(trx, draft))).toBe(true)
    expect((await read(ana, draft))?.values).toEqual({ what: 'Words' })
    expect(await writing(db.app, ben, (trx) => endDraft(trx, draft, 'filed'))).toBe(false)
    expect(await writing(db.app, ana, (trx) => endDraft(trx, draft, 'filed'))).toBe(true)
    expect(await save(ana, draft, said({ fields: { what: text('More') } }))).toBeUndefined()
    const { rows } = await sql`select from forms.draft_field where draft_id = ${draft}`.execute(db.owner)
    expect(rows).toEqual([])
  })

  test('the list says what is begun, and what about this child', async () => {
    const draft = randomUUID()
    await save(ana, draft, said({ fields: { what: text('Words') } }))
    const mine = await reading(db.app, ana, (trx) => myDrafts(trx))
    expect(mine.map(({ id }) => id)).toContain(draft)
    expect(await reading(db.app, ben, (trx) => myDrafts(trx))).toEqual([])
    expect(
      (await reading(db.app, ana, (trx) => draftsAbout(trx, 'visit-or-note', [child]))).length,
    ).toBeGreaterThan(0)
    expect(await reading(db.app, ana, (trx) => draftsAbout(trx, 'visit-or-note', [randomUUID()]))).toEqual([])
  })

  test('after a month what was put away has no words left', async () => {
    const draft = randomUUID()
    await save(ana, draft, said({ fields: { what: text('Old words') } }))
    await writing(db.app, ana, (trx) => endDraft(trx, draft, 'put away'))
    await sql`update forms.draft set ended_at = now() - interval '31 days' where id = ${draft}`.execute(
      db.owner,
    )
    await sql`select forms.clear_old()`.execute(db.jobs)
    expect(await writing(db.app, ana, (trx) => takeUpAgain(trx, draft))).toBe(false)
  })
})

describe('a form that several write in', () => {
  const assessment = randomUUID()
  const both = (more: Partial<Saving>) => said({ sharedAs: assessment, ...more })
  const open = (who: Session, window: string, draft = randomUUID()) =>
    writing(db.app, who, (trx) => openDraft(trx, who, draft, both({ window })))

  test('opens only under an opening to write, and closes when need to know ends', async () => {
    const window = randomUUID()
    expect(await open(ana, window)).toBeUndefined()
    const tie = await involve(db, child, { account: ana.account.id })
    await openRecord(db.app, ana, child, { purpose: 'writing an assessment', action: 'write' })
    const draft = (await open(ana, window))!
    expect(draft).toBeDefined()
    expect(await save(ana, draft, both({ window, fields: { needs: text('Help') } }))).toMatchObject({ draft })
    await sql`update record.involvement set to_day = current_date - 1 where id = ${tie}`.execute(db.owner)
    expect(
      await save(ana, draft, both({ window, sent: 2, fields: { needs: text('More help', 1) } })),
    ).toBeUndefined()
    await sql`update record.involvement set to_day = null where id = ${tie}`.execute(db.owner)
  })

  test('two see each other, and what they write in different places stands', async () => {
    await involve(db, child, { account: ben.account.id }, { kind: 'co-working' })
    const [here, there] = [randomUUID(), randomUUID()]
    await openRecord(db.app, ana, child, { purpose: 'writing an assessment', action: 'write' })
    await openRecord(db.app, ben, child, { purpose: 'writing an assessment', action: 'write' })
    const draft = (await open(ana, here))!
    expect(await open(ben, there)).toBe(draft)
    const at = { cursor: { field: 'needs', start: 0, end: 0 } }
    await save(ana, draft, both({ window: here, fields: { story: text('Ana was seen at home.') }, ...at }))
    const first = await save(ben, draft, both({ window: there, fields: { worries: text('None') } }))
    expect(first?.others).toEqual([{ name: 'Ana', field: 'needs' }])
    expect(first?.changed).toContainEqual({ name: 'story', value: 'Ana was seen at home.', version: 1 })
    await save(
      ana,
      draft,
      both({ window: here, sent: 2, fields: { story: text('Ana was seen at home, alone.', 1) } }),
    )
    const merged = await save(
      ben,
      draft,
      both({
        window: there,
        sent: 2,
        fields: { story: text('Today Ana was seen at home.', 1, 'Ana was seen at home.') },
      }),
    )
    expect(merged?.changed).toContainEqual({
      name: 'story',
      value: 'Today Ana was seen at home, alone.',
      version: 3,
    })
  })
})
